# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   lesson:
#     id: people_goods_venue
#     number: "01"
#     title:
#       en: "People, goods, venue: where do 500 million orders a month come from?"
#       zh: "人货场：一个月5亿单从哪里来？"
#     objectives:
#       - en: Take a month's GMV apart by people, goods and venue, with pencil and paper
#         zh: 用纸笔把一个月的 GMV 按人、货、场拆开
#       - en: Set sources that disagree side by side, and say which is a lower bound, which is weak and what may explain the gap
#         zh: 把互相矛盾的来源并排摆出来，说清哪个是下限、哪个较弱、差距可能因为什么
#       - en: Tell the mean merchant from the typical one, and reckon what the largest hold
#         zh: 分清平均数与典型商家，会估算头部占了多少
#       - en: Name the factor that a policy works on, and who has to move it
#         zh: 说出一项政策动的是哪个因子，要靠谁来动
#     prerequisites: [start]
#     minutes_read: 22
#     minutes_do: 20
#     terms: [people_goods_venue, gmv, identity, lower_bound, daily_users, average_order_value, take_rate, conversion_rate, mean, median, lognormal, gini, lorenz_curve, division, industrial_belt]
#     numbers: [A01, A03, A04, A05, A07, A10, A59, A90, K02, K03, K04, U01, U02, U03a, U04, U05, U16, U18, F01, L01, L02c, L02d, L03b, L03d, L15b, L20a, L20b, L20c, L21, E07d, order_value, merchant_size_sd, commerce_share, viewer_conversion]
#     exercises: [ex01]
#     tracks: [merchant, provider, researcher]
#     takeaways:
#       - en: An identity takes a number apart; it does not say what moves it
#         zh: 恒等式只是把一个数拆开，并不告诉你它为什么变
#       - en: Where sources disagree, show all of them and ask why; an average of them is a number that nobody measured
#         zh: 来源互相矛盾，就都摆出来问为什么；把它们一平均，就成了谁也没量过的数
#       - en: The mean merchant is nobody; plan for the typical one and look at the head apart
#         zh: “平均商家”并不存在；按典型商家做打算，头部另外看
# ---

# %% [markdown] lang="en"
# # People, goods, venue: where do 500 million orders a month come from?
#
# *The platform says: half a billion orders in a single month.
# Is that a lot for one shop?
# Whose orders are they, and which of the autumn's policies can make them more?*
#
# Chinese retail sorts its means into **people, goods, venue** (人货场), and the open day of September 2020 sorted the platform's resources by them.
# In this lesson you take August apart by these three, hold the sources against each other, and find out who the "mean merchant" is.
# Press **Run → Run All Cells** first.
# You need no code.

# %% [markdown] lang="zh"
# # 人货场：一个月5亿单从哪里来？
#
# *平台说，一个月突破五亿单。
# 摊到一家店算多吗？
# 这些单是谁的？
# 秋天的那些政策，哪一项能让单量再往上走？*
#
# 零售行业爱讲**人货场**，2020 年 9 月的电商开放日也是按人、货、场分配资源和政策的。
# 这一课就按这三样把 8 月拆开，让各家来源互相对质，再看看“平均商家”究竟是谁。
# 请先点**运行 → 运行所有单元格**。
# 不用写代码。

# %%
import kit
from kit.analysis import sensitivity
from kit.outcomes import august

kit.language("en")
assume = kit.assumptions()
identity, routes = august.factors(assume), august.routes(assume)
visits, sizes = august.needed(assume), august.sizes(assume)
kit.table(kit.sourced.table("A01", "A03", "A04", "A05", "A07", "A59"))

# %% [markdown] lang="en"
# ## With pencil and paper
#
# All of these are the company's own claims, and three of them say "more than": they are *lower bounds*.
# They are enough to take August apart.
# GMV is orders times the average order value $p$, and orders can be counted at three places:
#
# - **people**: users a day × orders per user and day × days × $p$;
# - **venue, by room**: merchants × orders per merchant × $p$ (we count merchants with the venue, since each keeps a room; who would rather count them among people changes no number);
# - **venue, by visit**: visits a day × orders per visit × days × $p$;
# - **goods** are the last factor in each: $p$ itself, what one order is worth.

# %% [markdown] lang="zh"
# ## 先用纸笔算
#
# 表里这些都是公司自己的说法，其中三个写着“超过”“突破”，也就是*下限*。
# 有了它们，就能把 8 月拆开。
# GMV 等于订单数乘客单价 $p$，而订单可以在三个地方数：
#
# - **人**：日活用户 × 每人每天下单 × 天数 × $p$；
# - **场（按直播间数）**：商家 × 每家订单 × $p$（每家商家守着一个直播间，所以这里算在“场”里；你要算在“人”里，数字也一样）；
# - **场（按进房数）**：每天进直播间的次数 × 每次下单的比例 × 天数 × $p$；
# - **货**：每一条式子的最后一项，也就是一单值多少钱，$p$。

# %%
kit.table(identity[["element", "factor", "value", "unit"]], {"value": "@unit"})

# %% [markdown] lang="en"
# So a user of the shop pages orders once in {{identity.number("days_per_order")}}, a merchant sells {{sizes.number("mean")}} a month, and both ways make the same {{identity.number("gmv")}}.
# They *must*: each rate is August's orders divided by something.
# This is an **identity**, and an identity explains nothing.
# If the true number of users is higher than the claim, GMV does not rise; orders per user fall.
#
# Two figures in it are not facts: the order value and the visits.
# The rest of the lesson is about what follows from that.

# %% [markdown] lang="zh"
# 也就是说，电商用户平均每{{identity.number("days_per_order")}}下一单，平均一家商家一个月{{sizes.number("mean")}}，怎么拆都是{{identity.number("gmv")}}。
# 这是*必然*的：每个比率都是拿 8 月的订单去除另一个数。
# 这种式子叫**恒等式**，它什么也没解释。
# 假如真实的用户比公司说的多，GMV 不会跟着变大，只是每人的订单变少。
#
# 里面有两个数不是事实：客单价和进房次数。
# 这一课后面讲的，就是这两处会牵出什么来。

# %% [markdown] lang="en"
# ## How much money is it? Eight routes to one month
#
# No source gives August's GMV.
# What they give are other things, from which a month's GMV follows by eight routes.
# Guess first; the panel then shows them all, each as it is.

# %% [markdown] lang="zh"
# ## 合多少钱？八条路径，各走各的
#
# 没有一个来源直接给出 8 月的 GMV，它们给的是别的数，由此推算一个月的 GMV，有八条路径。
# 先猜，再看面板把八条路径原样摆出来。

# %%
levers = ["assume.order_value", "assume.commerce_share", "assume.viewer_conversion", "assume.standard_fee"]
kit.tune(assume, levers=levers, outcome=august.routes, predict="ratio")

# %% [markdown] lang="en"
# <details><summary><b>What agrees, what does not, and why that may be</b> (guess first, then unfold)</summary>
#
# - **Half a year before.**
#   The prospectus, as the press reported it, gives {{kit.fact("K04")}} for the half-year: {{routes.number("half")}} in the mean month.
#   August's orders at {{kit.fact("L01")}} are {{routes.number("ratio")}} that.
#   *Growth* can explain it: from the second half of 2019 to the first of 2020 the mean month grew to {{routes.number("growth")}} itself.
#   So can a lower *order value*: at {{routes.number("price_half")}} August would be a month like those before.
#   The {{kit.fact("L01")}} come from one weak page, about late 2020.
# - **Market and share.**
#   A forecast of the whole market ({{kit.fact("L15b")}} in 2020) times a weak page's share ({{kit.fact("L02c")}} to {{kit.fact("L02d")}}) lies below August; but it is the mean of a whole year, and the platform was growing fast.
# - **One big day.**
#   On the best day of a festival with JD in June, sales passed {{kit.fact("E07d")}}.
#   August's *mean* day would be {{routes.number("august_day")}}: plausible for a fast-growing platform, yet close to its best day two months earlier.
#   A warning that {{kit.fact("order_value")}} may be high.
# - **Dear orders?**
#   One report has {{kit.fact("L20a")}} to {{kit.fact("L20b")}} of orders on three platforms above {{kit.fact("L20c")}} in February.
#   Then August alone would pass half of what the half-year made.
#   Another names less than {{kit.fact("L21")}} as the commonest spend.
#   They speak of *other populations*: another month, three platforms together, buyers who were asked.
#   We do not average them; we leave the report aside, and say so.
# - **Visits.**
#   This route rests on three assumptions of ours at once; the section after next takes it up.
# - **The fee.**
#   If all GMV bore {{kit.fact("F01")}}, the revenue of all "other services" ({{kit.fact("U16")}}) would stand for a mere {{routes.number("least")}} a month.
#   Turned round: the *take rate* was below {{kit.fact("U18")}}, so most GMV paid far less than the standard fee, or none.
#   Reckoning the fee on all of it overstates the revenue to {{routes.number("all_fee")}} the real one.
#
# </details>
#
# No route consists of facts alone.
# What all of them allow: some tens of billions in August, more than in spring.
# Here is what they stand on.

# %% [markdown] lang="zh"
# <details><summary><b>哪里对得上，哪里对不上，可能因为什么</b>（先猜，再点开）</summary>
#
# - **和上半年比。**
#   据媒体对招股书的报道，上半年 GMV 是{{kit.fact("K04")}}，月均{{routes.number("half")}}。
#   8 月订单按{{kit.fact("L01")}}一单算，相当于月均的{{routes.number("ratio")}}。
#   一种解释是*增长*：从 2019 年下半年到 2020 年上半年，月均已经涨到{{routes.number("growth")}}。
#   另一种解释是*客单价*没那么高：只要降到{{routes.number("price_half")}}，8 月就和上半年一个样。
#   那个{{kit.fact("L01")}}出自一个较弱的网页，说的还是 2020 年底。
# - **市场乘份额。**
#   全国市场规模是预测（2020 年{{kit.fact("L15b")}}），份额出自较弱的网页（{{kit.fact("L02c")}}到{{kit.fact("L02d")}}），乘出来比 8 月低。
#   不过那是全年平均，而平台正在快速增长。
# - **最好的一天。**
#   6 月和京东办大促，最好的一天超过{{kit.fact("E07d")}}。
#   8 月*平均*每天则是{{routes.number("august_day")}}：平台长得快，不是没可能，但已经逼近两个月前最好的一天。
#   这是个提醒：{{kit.fact("order_value")}}的客单价也许偏高。
# - **单子真有那么贵？**
#   有一篇报道说，2 月三个平台{{kit.fact("L20a")}}到{{kit.fact("L20b")}}的订单超过{{kit.fact("L20c")}}。
#   要真是这样，光 8 月一个月就超过上半年总额的一半。
#   另一处却说，最常见的花费不到{{kit.fact("L21")}}。
#   它们说的是*不同的人群*：月份不同，三个平台混在一起，还有的是问卷。
#   我们不取平均，而是把那篇报道放在一边，并且写明。
# - **进房。**
#   这一条同时靠我们的三项假设，隔一节再细看。
# - **技术服务费。**
#   要是全部 GMV 都交{{kit.fact("F01")}}，那么“其他服务”的全部收入（{{kit.fact("U16")}}）只对应每月{{routes.number("least")}}的 GMV。
#   反过来看：*变现率*低于{{kit.fact("U18")}}，说明大部分 GMV 交得远低于标准费率，甚至不交。
#   拿标准费率去乘全部 GMV，算出的收入会是实际的{{routes.number("all_fee")}}。
#
# </details>
#
# 没有一条路径全由事实组成。
# 八条放在一起，能说的只有：8 月有几百亿元，比春天多。
# 它们的出处如下。

# %%
kit.table(kit.sourced.provenance(routes))

# %% [markdown] lang="en"
# ## Who counts as a user?
#
# The claim of {{kit.fact("A04")}} a day is about *e-commerce* users.
# Others count the app, or the app and its mini-programs, or a month instead of a day.
# The orders are the same; the orders per user are not:

# %% [markdown] lang="zh"
# ## 谁算“用户”？
#
# 公司说的{{kit.fact("A04")}}，是*电商*日活用户。
# 别处数的有整个应用，有应用加小程序，有的按月不按天。
# 订单还是那些订单，每人的单数却差了很多：

# %%
users = august.users(assume)
users.table({"users": "users", "per_user": "orders"})

# %% [markdown] lang="en"
# Read as one and the same "user", these rows contradict each other.
# Read as what they are, they add something: a daily user of commerce is about one in three of all daily users ({{users.number("part")}}).
# Whoever divides August's orders by the users of the app and calls it "orders per buyer" has mixed two populations.

# %% [markdown] lang="zh"
# 把这几行都当成同一种“用户”，它们就互相打架；看清各自说的是谁，反倒多知道一件事：每三位日活用户里，大约一位是电商日活用户（{{users.number("part")}}）。
# 谁要是拿 8 月的订单去除整个应用的用户，再说成“每位买家的订单”，就是把两群人混在了一起。

# %% [markdown] lang="en"
# ## The venue: minutes, visits, orders
#
# Walk through the venue.
# A user spends {{kit.fact("U05")}} a day (a public figure for the whole app).
# A share of them goes to commerce; we assume {{kit.fact("commerce_share")}}.
# At {{kit.fact("minutes_per_visit")}} a visit that makes {{visits.number("visits")}} a day.
# From there the way back is plain: *August's orders are known*, so the share of visits that must end in an order (the *conversion rate*) follows from the rest.
# What would have to be true?

# %% [markdown] lang="zh"
# ## 场：时长、进房、下单
#
# 顺着“场”走一遍。
# 用户一天花{{kit.fact("U05")}}（公开数据，说的是整个应用），其中一部分看电商，我们假设占{{kit.fact("commerce_share")}}；每次进直播间停留{{kit.fact("minutes_per_visit")}}，一天就是{{visits.number("visits")}}。
# 到这里就可以倒着推：*8 月的订单是已知的*，所以其余几个数一定，每次进房得有多大比例下单（下单转化率），也就定了。
# 要对得上，得是多少？

# %%
levers = ["assume.commerce_share", "assume.minutes_per_visit", "assume.viewer_conversion"]
kit.tune(assume, levers=levers, outcome=august.needed, predict="required")

# %% [markdown] lang="en"
# <details><summary><b>What to see</b> (guess first, then unfold)</summary>
#
# We assume {{visits.number("assumed")}} of visits end in an order; that makes {{visits.number("by_assumed")}}, too few.
# Either more visits convert, or users spend {{visits.number("commerce_needed")}} of their time on commerce, or they stay more briefly.
# Every point on the falling curve fits August equally well: *one fact cannot settle three assumptions*.
# It does rule some out: pairs far from the curve are impossible together.
#
# </details>
#
# How far do they carry the result?
# Each of the three alone, over its range:

# %% [markdown] lang="zh"
# <details><summary><b>看什么</b>（先猜，再点开）</summary>
#
# 假设每次进房有{{visits.number("assumed")}}下单，一个月只有{{visits.number("by_assumed")}}，不够。
# 要么转化更高，要么用户把{{visits.number("commerce_needed")}}的时间用来看电商，要么每次停留更短。
# 下降曲线上的每一点都同样对得上 8 月：*一个事实，定不了三个假设*。
# 但它能排除一些：离曲线太远的组合，不可能同时成立。
#
# </details>
#
# 这三项各有多大分量？
# 让每一项单独走完自己的区间：

# %%
sensitivity.by_assumption(august.needed, assume, result="by_assumed").chart()

# %% [markdown] lang="en"
# ## The mean merchant is nobody
#
# {{sizes.number("mean")}} a month, {{sizes.number("mean_yuan")}} of GMV: that is the *mean*, total over count.
# It would be the month of every merchant only if all were alike.
# No source tells how unequal they are; markets of this kind look *log-normal*, with a spread (log-sd) that we take as {{kit.fact("merchant_size_sd")}}.
# The mean is known and stays; the spread alone decides who holds it:
#
# - the *median*, the merchant in the middle: mean × $e^{-\sigma^2/2}$;
# - the share of merchants below the mean: $\Phi(\sigma/2)$;
# - the share of the orders sold by the largest $t$: $\Phi(\sigma + \Phi^{-1}(t))$; the *Gini coefficient*: $\mathrm{erf}(\sigma/2)$.

# %% [markdown] lang="zh"
# ## “平均商家”并不存在
#
# 一个月{{sizes.number("mean")}}，GMV {{sizes.number("mean_yuan")}}：这是*平均数*，总数除以家数。
# 只有家家一样大，它才是每一家的日子。
# 差距到底多大，没有来源说过；这类市场看上去接近*对数正态分布*，我们取对数标准差{{kit.fact("merchant_size_sd")}}。
# 平均数已知，不会变；谁占多少，全看差距：
#
# - *中位数*，也就是排在正中间的那家：平均数 × $e^{-\sigma^2/2}$；
# - 卖不到平均数的商家占比：$\Phi(\sigma/2)$；
# - 最大的 $t$ 那一部分商家占订单的比例：$\Phi(\sigma + \Phi^{-1}(t))$；*基尼系数*：$\mathrm{erf}(\sigma/2)$。

# %%
levers = ["assume.merchant_size_sd", "assume.order_value"]
kit.tune(assume, levers=levers, outcome=august.sizes, predict="top")

# %% [markdown] lang="en"
# <details><summary><b>What surprised you?</b> (guess first, then unfold)</summary>
#
# The typical merchant sells {{sizes.number("median")}} a month, little more than one a day, and takes {{sizes.number("median_yuan")}}: less than a tenth of the mean.
# {{sizes.number("below")}} sell less than "the average".
# The smaller half together sell {{sizes.number("lower")}}.
# With equal merchants the same {{kit.fact("A01")}} would be {{sizes.number("mean")}} for each of them: the mean cannot tell the two worlds apart.
# The *Lorenz curve* can:
#
# </details>

# %% [markdown] lang="zh"
# <details><summary><b>哪里出乎意料？</b>（先猜，再点开）</summary>
#
# 典型商家一个月只有{{sizes.number("median")}}，一天一单多一点，GMV {{sizes.number("median_yuan")}}，不到平均数的十分之一。
# {{sizes.number("below")}}的商家卖不到“平均”；较小的一半加起来只占{{sizes.number("lower")}}。
# 要是家家一样大，同样的{{kit.fact("A01")}}，每家就都是{{sizes.number("mean")}}：光看平均数，分不出这两个世界。
# *洛伦兹曲线*分得出：
#
# </details>

# %%
august.lorenz(assume).chart()

# %% [markdown] lang="en"
# Two things are often held against this.
# *"Kuaishou has the top hosts."*
# Of the hundred best-selling hosts of all platforms one count finds {{kit.fact("L03b")}} on Kuaishou, another {{kit.fact("L03d")}}; their windows differ, and neither says anything about how unequal the million *within* the platform are.
# Under our assumption the hundred largest merchants would sell {{sizes.number("hundred")}} of the orders.
# *"But Li Xuanzhuo sold ten million in an evening."*
# He did ({{kit.fact("A90")}}), which is {{sizes.number("session")}} the month of the mean merchant and {{sizes.number("session_typical")}} that of the typical one.
# Where sizes differ that much, an evening like his proves neither health nor sickness: somebody is always the largest.

# %% [markdown] lang="zh"
# 常有人拿两句话来反驳。
# 一句是“*头部主播都在快手*”：全网带货前一百名里，一种统计说快手有{{kit.fact("L03b")}}，另一种说有{{kit.fact("L03d")}}；统计的月份不一样，而且都没说平台*内部*这一百万家之间差多少。
# 按我们的假设，最大的一百家会占订单的{{sizes.number("hundred")}}。
# 另一句是“*李宣卓一场就卖了上千万*”：没错（{{kit.fact("A90")}}），那是平均商家一个月的{{sizes.number("session")}}，典型商家一个月的{{sizes.number("session_typical")}}。
# 规模差距这么大的地方，这样的一场说明不了好坏：总有一个最大的。

# %% [markdown] lang="en"
# ## The goods: three divisions
#
# The article names {{kit.fact("A59")}}: big apparel, premium consumption, home living; and of the industrial belts it names {{kit.fact("A10")}} (apparel, jewellery, rosewood, jade).
# It gives neither their orders nor their prices, so all that follows is assumption.
# What it can teach is the difference between a share of *orders* and a share of *money*.

# %% [markdown] lang="zh"
# ## 货：三大事业部
#
# 文章点了{{kit.fact("A59")}}：大服饰、精品消费、家居生活；产业带点了{{kit.fact("A10")}}：服饰、珠宝、红木、玉石。
# 各占多少单、卖什么价，一概没写，所以下面全是假设。
# 能学到的是一件事：占*订单*的比例和占*钱*的比例，是两回事。

# %%
mix = ["assume.orders_apparel", "assume.orders_premium"]
prices = ["assume.price_premium", "assume.price_home", "assume.order_value"]
kit.tune(assume, levers=mix + prices, outcome=august.divisions, predict="gmv_premium")

# %% [markdown] lang="en"
# <details><summary><b>What to see</b> (guess first, then unfold)</summary>
#
# A division of few, dear orders weighs more in GMV than in orders; one of many small ones, less.
# So "we grew most" has two answers, and a policy that is judged by orders (a one-yuan deal) and one that is judged by GMV (brand goods at their regular price) will favour different divisions.
# And the mean order value moves when the *mix* moves, with no price changed at all: try it with the shares of orders at fixed price levels, and watch each division's own order value.
#
# </details>

# %% [markdown] lang="zh"
# <details><summary><b>看什么</b>（先猜，再点开）</summary>
#
# 单少价高的事业部，在 GMV 里的分量比在订单里重；单多价低的，正相反。
# 所以“谁涨得最多”有两个答案：按订单考核的政策（比如新人一元购）和按 GMV 考核的政策（比如品牌正价商品），会偏向不同的事业部。
# 再留意一点：一件商品也没改价，只要*结构*变了，客单价就会变。
# 把订单占比拖一拖，看各事业部自己的客单价怎么动。
#
# </details>

# %% [markdown] lang="en"
# ## Ten per cent more: of what?
#
# In the identity all factors are equal: ten per cent more of any one of them, *the others held*, makes ten per cent more GMV, {{identity.number("tenth")}} a month.
# In effort they are not equal at all.
# Here is what ten per cent of each would be:

# %% [markdown] lang="zh"
# ## 多百分之十：多的是什么？
#
# 在恒等式里，各个因子一律平等：*其他不变*，任何一个多百分之十，GMV 就多百分之十，每月{{identity.number("tenth")}}。
# 可要论花的力气，差得就远了。
# 每个因子的百分之十，分别是这么多：

# %%
kit.table(identity[["element", "factor", "value", "tenth", "unit"]], {"value": "@unit", "tenth": "@unit"})

# %% [markdown] lang="en"
# One order more per user in two months; or an order that is worth a little more; or a hundred thousand merchants who are not there yet; or a few visits in a thousand that end otherwise.
# And "the others held" is the catch: more merchants who share the same visitors bring fewer orders each, and GMV stays where it was.
# Which factor does each measure of the autumn work on, and who has to act for it to move?
# The reading is ours; the measures are the article's.

# %% [markdown] lang="zh"
# 每位用户两个月多下一单；每单多卖几元；再来十万家现在还不在的商家；或者每一千次进房里，多几次下单。
# 要命的是“其他不变”这四个字：商家多了，分的还是同一批观众，每家的订单就少，GMV 原地不动。
# 秋天的每项措施，动的是哪个因子，要靠谁来动？
# 措施出自文章，归到哪一格是我们的理解。

# %%
kit.table(august.policy_factors())

# %% [markdown] lang="en"
# Two things stand out.
# Most of the measures are the platform's own to move; the goods wait for supply chains, the mid-size hosts for providers.
# And some move nothing in the sum: a traffic tilt gives to small merchants what others had.
# Whether it is worth it is a question of *who*, and the identity has no "who".
# The lessons that follow take the measures one by one.

# %% [markdown] lang="zh"
# 有两点一眼就能看出来。
# 多数措施平台自己就能动；货要等供应链，中腰部主播要等服务商。
# 还有的措施，总量上什么也没动：流量倾斜给中小商家的，正是从别人那里拿来的。
# 值不值，要看*给了谁*，而恒等式里没有“谁”。
# 后面的课，就把这些措施一项一项拆开来看。

# %% [markdown] lang="en"
# ## What this lesson leaves out
#
# - One month, one sum.
#   No growth within it, no days, no festival, no returns: GMV counts orders as they are placed.
# - No cause.
#   An identity cannot say what more minutes or more merchants would do; for that somebody must decide something, and the model comes in.
# - Sizes are log-normal by assumption, for orders and for GMV alike; a heavier tail would give the head still more.
# - Visits are counted over the users of commerce alone, at the minutes of the whole app.
#   If those who buy stay longer than others, the conversion needed is lower.
# - The divisions' mix is judgement; each of its figures has a range in the panel.
#
# ## Exercises
#
# The sheet `ex01.ipynb`, in the same folder, asks {{len(kit.progress().rows["ex01"])}} questions with numbers of your own and checks the answers.
# With pencil and panel:
#
# 1. With pencil and paper: how many orders a day does the mean merchant have, and how many the typical one?
#    Check with the panel.
# 2. Find the order value at which August's GMV lies exactly within the range of "market times share".
#    Is it inside the range that we allow?
# 3. A colleague divides August's orders by all daily users of app and mini-programs and reports "orders per buyer".
#    What is wrong, and in which direction?
# 4. Find two settings of commerce share, minutes per visit and conversion that both meet August.
#    What observation would tell them apart?
# 5. Move the mix so that premium consumption has more of the GMV than apparel, without touching a price.
#    How many of the orders does it need?
# 6. Choose one measure of the autumn.
#    Which factor should rise, and which other factor may fall because of it?
#
# ## Summary
#
# **An identity takes a number apart and explains nothing.**
# **Where sources disagree, show them all**: a lower bound, a forecast and a weak page are three different things, and their mean is none of them.
# **The mean merchant is nobody**: the typical one sells less than a tenth of it, and the largest hundredth nearly half of everything.
# **Ask of a policy which factor it moves, who must act, and what the other factors will do.**

# %% [markdown] lang="zh"
# ## 这一课没有算进去的
#
# - 只看一个月，只看总数。
#   没有月内增长，不分日子，没有大促，也不扣退货：GMV 按下单算。
# - 不讲因果。
#   恒等式说不出多看几分钟、多几家商家会怎样；那要有人做决定，要靠模型。
# - 规模取对数正态分布是假设，订单和 GMV 用的是同一个；尾巴要是更厚，头部占得还要多。
# - 进房次数只按电商用户算，时长却用整个应用的。
#   要是买东西的人看得比别人久，需要的转化率就低一些。
# - 三大事业部的结构靠判断，每个数都在面板里给了范围。
#
# ## 练习
#
# 同一个文件夹里的练习 `ex01.ipynb` 有{{len(kit.progress().rows["ex01"])}}道题，数字是你自己的，答完就能检查。
# 下面几道用纸笔和面板来做：
#
# 1. 用纸笔算：平均商家一天几单，典型商家一天几单？
#    再用面板核对。
# 2. 客单价是多少时，8 月的 GMV 正好落在“市场规模×份额”的区间里？
#    它在我们允许的范围之内吗？
# 3. 同事拿 8 月的订单去除应用加小程序的全部日活用户，说这是“每位买家的订单”。
#    错在哪里，是高估还是低估？
# 4. 找出两组电商占用时长、停留时间和转化率，都能对上 8 月。
#    要看到什么现象，才分得出哪一组是真的？
# 5. 不动任何价格，只调结构，让精品消费的 GMV 超过大服饰。
#    它得占多少订单？
# 6. 任选秋天的一项措施：它该让哪个因子变大？
#    又可能让哪个因子变小？
#
# ## 小结
#
# **恒等式只把一个数拆开，什么也不解释。**
# **来源互相矛盾，就都摆出来**：下限、预测、较弱的网页，是三种不同的东西，取平均就什么也不是了。
# **“平均商家”并不存在**：典型商家卖不到它的十分之一，头部百分之一却占了将近一半。
# **看一项政策，要问它动的是哪个因子，要靠谁来动，别的因子又会怎样。**
