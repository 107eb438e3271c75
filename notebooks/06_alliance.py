# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   lesson:
#     id: alliance
#     number: "06"
#     title:
#       en: "One order of 99 yuan: who gets what, and if it comes back?"
#       zh: "99元的一单：谁拿多少，退了怎么办？"
#     objectives:
#       - en: Split one order among buyer, supply chain, promoter, leader and platform, to the cent
#         zh: 把一单的钱分到买家、供应链、推广者、团长和平台，精确到分
#       - en: Book a refund by reckoning anew, before and after settlement, and say why pro-rating drifts
#         zh: 用重算的办法记退款，结算前后都会记，并说清按比例退为什么会对不上账
#       - en: Check a book of orders by its balances, and read why a row was refused
#         zh: 用余额核对一本订单账，看懂哪一行为什么被退回
#       - en: Say what a recruiting leader is worth, and what each of its rights adds
#         zh: 说出招商团长值多少，每项权利各带来什么
#       - en: Tell what a deposit changes from what cover changes
#         zh: 分清保证金改变了什么，平台补偿改变了什么
#     prerequisites: []
#     minutes_read: 20
#     minutes_do: 25
#     terms: [promoter, recruiting_leader, commission, technical_fee, settlement, net_base, per_mille, true_up, double_entry, notch, matching, cover, alliance, supply_chain, leader_fee, escrow, claw_back, step_commission, endorsement, no_show, deposit]
#     numbers: [A43, A44, A45, A46, A47, A48, A49, A50, A51, A52, A53, A54, A55, A56, A57, F01, F02, F03a, F03d, F10a]
#     exercises: [ex06]
#     tracks: [merchant, provider]
#     takeaways:
#       - en: A refund is reckoned anew on what is left; a percentage of each refund never quite comes back to zero
#         zh: 退款要按剩下的金额重算；每次按比例退，账永远差那么一点
#       - en: Ask whether a step in commission counts for later orders or for all of them
#         zh: 签阶梯佣金之前，先问清只提之后的订单，还是全部订单一起提
#       - en: Cover decides who pays for a no-show; only a deposit decides who shows
#         zh: 补偿决定爽约由谁买单，保证金才决定人来不来
# ---

# %% [markdown] lang="en"
# # One order of 99 yuan: who gets what, and if it comes back?
#
# *I supply goods, or I sell other people's.
# Somebody buys, a leader brought us together, the platform put a coupon on top.
# How much of it reaches me, when, and what do I give back when the parcel comes back?*
#
# In this lesson you split an order to the cent, take it back in parts, and check a whole book of orders.
# Then you look at the people behind it: what a leader who matches is worth, and who pays when a host does not come.
# Press **Run → Run All Cells** first and scroll back up to here.
# You need not read the code: it is folded.

# %% [markdown] lang="zh"
# # 99元的一单：谁拿多少，退了怎么办？
#
# *我供货，或者我帮别人带货。
# 有人下单了，中间有团长牵线，平台还贴了一张优惠券。
# 到我手里有多少？
# 什么时候到？
# 货退回来，我又要退多少？*
#
# 这一课先把一单的钱分到分，再一部分一部分地退回去，然后核对一整本订单账。
# 最后看账后面的人：会撮合的团长值多少，主播爽约由谁买单。
# 请先点菜单**运行 → 运行所有单元格**，再翻回到这里。
# 不会写代码也没关系：代码已经折叠。

# %%
import kit
from kit.outcomes import alliance_bookings, alliance_leaders, alliance_orders

kit.language("en")
deal, assume = kit.my_deal(), kit.assumptions()
match, slot = alliance_leaders.Match(), alliance_bookings.Booking()
made = kit.book()

# %% [markdown] lang="en"
# ## What was announced, and what was not
#
# The Good-Goods Alliance is a library of goods with three roles: the **supply chain** lists goods, the **promoter** sells them, and the **recruiting leader** brings the two together.
# The article names six rights of leaders and promises gold and silver labels to supply chains.
# It names **no rate** but one, the leaders' zero, and no terms for a no-show.
# The commission, the leader's fee and the platform's cut below are therefore **assumptions**; so is the technical service fee.
# What a rule of July 2019 said (`F01`, `F02`) comes from weak sources, and we use it as a second rule to compare with.

# %% [markdown] lang="zh"
# ## 公布了什么，没公布什么
#
# 好物联盟是一个商品分销库，有三种角色：**供应链**提供商品，**推广者**带货，**招商团长**在中间牵线。
# 文章写了团长的六项权利，也写了要评金牌、银牌供应链。
# 费率只写了**一个**，就是团长的零费率；爽约怎么补偿，没有写。
# 所以下面的佣金率、团长服务费率、平台抽佣比例都是**假设**，技术服务费率也是。
# 2019 年的规则（`F01`、`F02`）来源不太可靠，我们拿它当第二种规则来对照。

# %%
told = ["A43", "A45", "A48", "A49", "A50", "A51", "A52", "A53", "A54", "A55", "A56", "F01", "F02"]
kit.table(kit.sourced.table(*told, "alliance.commission", "alliance.leader_fee", "alliance.platform_cut"))

# %% [markdown] lang="en"
# ## One order, split
#
# Rates are written in **per mille** (parts of a thousand) and amounts in whole cents, as in the records of a real platform.
# Each share is the net base times its rate, rounded **down** to the cent:
#
# - technical fee, commission and leader's fee fall on the **net base**: the price less discounts and refunds;
# - the platform takes its part out of the promoter's commission, not on top of it;
# - the supply chain gets **what remains**, odd cents included.
#   So nothing is ever lost to rounding.
#
# The platform's coupon does not touch any of this: the buyer pays less, and the platform pays the difference into the order.
# Before the panel opens, commit to a guess.

# %% [markdown] lang="zh"
# ## 一单的钱怎么分
#
# 费率用**千分比**，金额用整数的分，真实平台的订单记录就是这样写的。
# 每一份都是净额乘费率，**舍去**不足一分的零头：
#
# - 技术服务费、佣金、团长服务费都按**净额**算，也就是售价减去优惠和退款；
# - 平台抽的那部分从推广者的佣金里出，不另外加收；
# - 供应链拿**剩下的**，零头也归它。
#   所以舍来舍去，一分钱都不会丢。
#
# 平台的优惠券不影响怎么分：买家少付的，平台补进这一单里。
# 面板打开之前，先写下你的猜测。

# %%
terms = ["deal.price", "deal.coupon", "deal.tech", "deal.commission", "deal.cut", "deal.leader", "deal.passed"]
order = alliance_orders.split(deal)
kit.tune(deal, levers=[*terms, "deal.rule"], outcome=alliance_orders.split, predict="promoter")

# %% [markdown] lang="en"
# <details><summary><b>What to see</b> (guess first, then unfold)</summary>
#
# Of {{order.number("price")}} the supply chain keeps {{order.number("supply_chain")}}, before the cost of its goods.
# The promoter's commission is not what the promoter gets: the platform's cut comes off first.
# And the coupon is dear: the platform earns {{order.number("platform_fee")}} in fees and puts in {{order.number("platform_subsidy")}}, which leaves it {{order.number("platform_net")}} on this order.
#
# </details>
#
# Pass a part of the leader's fee on to a second leader: nobody else's share moves by a cent.
#
# ## And if a part of it comes back?
#
# Say the buyer sends back a third.
# Everybody's share is **reckoned anew** on what is left, and the difference is booked.
# Set the refund from nothing to everything and watch where the money comes from:

# %% [markdown] lang="zh"
# <details><summary><b>看什么</b>（先猜，再点开）</summary>
#
# {{order.number("price")}}里，供应链拿到{{order.number("supply_chain")}}，货品成本还要从里面出。
# 佣金不等于推广者到手的钱：平台先抽走一部分。
# 优惠券很贵：平台收{{order.number("platform_fee")}}服务费，贴{{order.number("platform_subsidy")}}，这一单下来是{{order.number("platform_net")}}。
#
# </details>
#
# 把团长服务费分一部分给二级团长试试：别人的那份，一分钱都不动。
#
# ## 退了一部分怎么办？
#
# 假如买家退了三分之一。
# 每一方该得多少，都按剩下的金额**重新算**，差额入账。
# 把退款金额从零拖到全额，看看退的钱都从哪里来：

# %%
back = kit.my_deal(refunded=33.33)
returned = alliance_orders.split(back)
kit.tune(back, levers=["deal.refunded", "deal.price", "deal.coupon"], outcome=alliance_orders.split)

# %% [markdown] lang="en"
# Of a refund of {{kit.number(back.refunded, "yuan to the cent")}} the buyer has back only {{returned.number("buyer_back")}}: the rest of it was the platform's coupon, and returns to the platform.
# The promoter gives back {{returned.number("promoter_back")}}.
# If everything comes back, every account of this order stands at zero.
#
# The same order as a book shows it, event by event.
# This is **double entry**: in every row, what some accounts give, others receive, and the row adds up to zero.
# Until the goods are received and the waiting time is over, the money lies in **escrow**; a refund after settlement is taken back from those who were paid, a **claw-back**.

# %% [markdown] lang="zh"
# 退款{{kit.number(back.refunded, "yuan to the cent")}}，买家只拿回{{returned.number("buyer_back")}}：其余的本来就是平台的优惠券，退还给平台。
# 推广者要退回{{returned.number("promoter_back")}}。
# 要是全退，这一单在每个账户上都归零。
#
# 下面是同一单在账本里的样子，一件事一行。
# 这就是**复式记账**：每一行里，有的账户给出多少，别的账户就收到多少，合计为零。
# 买家签收、等待期过完之前，钱由平台代管，叫**待结算资金**；结算之后又退款，就从已经拿到钱的各方那里**追回**。

# %%
story = made.story("M001")
kit.table(story, dict.fromkeys(story.columns[2:], "cents"))

# %% [markdown] lang="en"
# ## Why not simply take a percentage of the refund?
#
# It is what most people would do: the commission rate times the refund, rounded to the cent.
# Take an order of {{kit.number(kit.my_deal(price=99.99).price, "yuan to the cent")}} that comes back in three equal parts.

# %% [markdown] lang="zh"
# ## 为什么不直接按退款的比例退？
#
# 多数人会这么做：退款乘佣金率，四舍五入到分。
# 拿一单{{kit.number(kit.my_deal(price=99.99).price, "yuan to the cent")}}来试，分三次退完，每次一样多。

# %%
thirds = kit.my_deal(price=99.99)
taken = alliance_orders.refunds(thirds)
kit.tune(thirds, levers=["deal.price", "deal.commission"], outcome=alliance_orders.refunds, predict="million")

# %% [markdown] lang="en"
# <details><summary><b>What surprised you?</b> (guess first, then unfold)</summary>
#
# Two cents an order.
# The promoter was paid {{taken.number("charged")}} and would give back {{taken.number("pro_rated")}}: more than was ever received.
# The rounding of each part goes the same way every time, so it does not cancel.
# **Recompute refunds, never pro-rate them.**
# The rule is one line: post the share of what is left, less the share of what was left before (a *true-up*).
# Then any order of any parts comes to the same cents.
#
# </details>
#
# ## Which rule is in force?
#
# The rule of July 2019, as weak sources have it, never took a technical fee **and** a part of the commission on the same goods: goods without commission paid {{kit.fact("F01")}}; of goods with commission the platform took {{kit.fact("F02")}} of the commission, and nothing else.
# The picture sets it beside the rule assumed here.

# %% [markdown] lang="zh"
# <details><summary><b>哪里出乎意料？</b>（先猜，再点开）</summary>
#
# 每单差两分钱。
# 推广者一共收了{{taken.number("charged")}}，却要退{{taken.number("pro_rated")}}，比收到的还多。
# 每次四舍五入都偏向同一边，所以不会互相抵消。
# **退款要重算，不要按比例退。**
# 规则只有一句：按剩下的金额算应得多少，减去之前应得多少，差额入账（重算补差）。
# 这样，不管分几次、按什么次序退，最后都分毫不差。
#
# </details>
#
# ## 现在适用哪种规则？
#
# 按几个不太可靠的网页所说，2019 年的规则里，同一件商品不会**既**收技术服务费**又**抽佣金：没有佣金的商品收{{kit.fact("F01")}}；有佣金的商品，平台抽走佣金的{{kit.fact("F02")}}，别的不收。
# 下图把它和本课假设的规则放在一起。

# %%
rules = alliance_orders.fee_rules(deal)
kit.tune(deal, levers=["deal.commission", "deal.price", "deal.tech", "deal.cut"], outcome=alliance_orders.fee_rules)

# %% [markdown] lang="en"
# Look at the left edge.
# Under the rule of 2019 a merchant who sells without a promoter pays {{rules.number("without")}} on this order; one who sets a token commission, {{rules.number("token")}}.
# Wherever a rule has two branches, somebody will stand on the cheaper one.
# From a commission of {{rules.number("even")}} on, the branch with commission is the dearer.
#
# ## A step in the commission
#
# Merchants offer promoters more once they have sold enough: **step commission**.
# One sentence, two readings again: does the higher rate count for the orders *after* the step, or for *all* of them?

# %% [markdown] lang="zh"
# 看左边那条边。
# 按 2019 年的规则，不找人带货的商家，这一单要交{{rules.number("without")}}；象征性地挂一点佣金，就只交{{rules.number("token")}}。
# 规则只要分两支，就会有人往便宜的那支站。
# 佣金率到{{rules.number("even")}}以上，有佣金的那支反而更贵。
#
# ## 佣金提一档
#
# 卖得多，商家就给推广者提佣金，这叫**阶梯佣金**。
# 又是一句话、两种算法：提高的佣金率，只算*之后*的订单，还是*全部*订单？

# %%
steps = ["deal.step_after", "deal.step_rate", "deal.commission", "deal.price"]
step = alliance_orders.step_readings(deal)
kit.tune(deal, levers=steps, outcome=alliance_orders.step_readings, predict="notch")

# %% [markdown] lang="en"
# <details><summary><b>What did you find?</b> (guess first, then unfold)</summary>
#
# If the step counts for all orders, it is a **notch**: one order more, and everything before it is paid anew.
# That order is worth {{step.number("notch")}} to the promoter, who has every reason to buy it from themselves.
# And a single parcel that comes back later takes it all away again.
# Lesson "Fan Xing" met the same two readings in the fee.
#
# </details>
#
# ## Check a whole book
#
# Here is a book of orders **made up** for this lesson, so that you can see one whole.
# Two tables: the orders with their rates, and what happened to each.
# Three rows are wrong on purpose.
# What the book refuses, it tells by row and reason, and posts nothing for it:

# %% [markdown] lang="zh"
# <details><summary><b>结果怎样？</b>（先猜，再点开）</summary>
#
# 如果全部订单一起提，档位就成了**跳档**：多卖一单，前面的全部重新算钱。
# 这一单对推广者值{{step.number("notch")}}，他完全有理由自己买一单。
# 以后只要退回一件，这笔钱又全没了。
# “凡星计划”那一课里，技术服务费也碰到过这两种算法。
#
# </details>
#
# ## 核对一整本账
#
# 下面是为本课**编造**的一本订单账，让你看到一本完整的账是什么样。
# 一共两张表：订单和费率，每单发生的事。
# 有三行是故意写错的。
# 账本不收的，会说清是哪一行、为什么，并且一分钱都不入账：

# %%
kit.table(made.refused[["table", "row", "order_id", "why"]])

# %% [markdown] lang="en"
# What is left of it must balance.
# Each line of the check is a question with one right answer; read the third column against the second:

# %% [markdown] lang="zh"
# 收下来的部分，账要平。
# 下面每一行都是一个只有一种正确答案的问题，把“实际”和“应为”对一对：

# %%
kit.table(made.check(), {"found": "cents", "due": "cents"})

# %% [markdown] lang="en"
# And these are the accounts, and one promoter's statement.
# To settle orders of your own, write `kit.book("my_orders.csv", "my_events.csv")`, with the columns of the made tables; the same rows sent twice are posted once.
# `made.save("book.xlsx")` writes all of it as a workbook.

# %% [markdown] lang="zh"
# 再看各账户的余额，以及一位推广者的对账单。
# 要结算自己的订单，写 `kit.book("my_orders.csv", "my_events.csv")`，列名照着编造的两张表；同样的行送两次，也只入账一次。
# `made.save("book.xlsx")` 可以把整本账存成 Excel。

# %%
kit.table(made.balances(), {"cents": "cents"})

# %%
kit.table(made.statement("promoter", "P1"), {"cents": "cents", "balance": "cents"})

# %% [markdown] lang="en"
# ## What is a leader worth?
#
# Without anybody between them, promoters look for goods by themselves.
# Suppose each tries one supply chain, chosen at random, and a supply chain takes one promoter.
# Some are asked by many, some by nobody: with such *matching* at random, of $V$ supply chains and $U$ promoters $V\left(1-(1-1/V)^U\right)$ find each other.

# %% [markdown] lang="zh"
# ## 团长值多少？
#
# 没有人牵线，推广者只能自己找货。
# 假如每人随便找一家供应链，一家供应链只接一位推广者：有的门口排队，有的没人来问。
# 靠这样随机撮合，$V$ 家供应链、$U$ 名推广者，能对上的是 $V\left(1-(1-1/V)^U\right)$ 对。

# %%
sides = ["match.promoters", "match.chains", "match.leader_fee"]
work = ["assume.leader_accuracy", "assume.leader_cost", "assume.session_sales"]
pairs = alliance_leaders.matches(match, assume)
kit.tune(match, assume, levers=sides + work, outcome=alliance_leaders.matches, predict="random")

# %% [markdown] lang="en"
# <details><summary><b>What surprised you?</b> (guess first, then unfold)</summary>
#
# There are more promoters than supply chains, and yet {{pairs.number("worth")}} go unmade that a perfect leader would make: that is a **perfect leader's worth**, and no leader can add more.
# A real one reaches a part of both sides, and a part of the pairs suit; the rest still try their luck.
# How many pairs a leader takes on depends on what a pair earns against what it costs.
#
# </details>
#
# Each of the six rights works on one of these.
# Online settlement collects the whole fee, zero fee leaves it whole, and no-show protection makes good a part of it; recommendations save search, data avoids wrong pairs, marketing lifts the sales on which the fee falls.
# How strongly is **assumed**; switch them off and on:

# %% [markdown] lang="zh"
# <details><summary><b>哪里出乎意料？</b>（先猜，再点开）</summary>
#
# 推广者明明比供应链多，却还有{{pairs.number("worth")}}没对上，而完美的团长能把它们全撮合成。
# 这就是**完美团长的价值**，哪个团长也超不过它。
# 真实的团长只够得着两边的一部分，撮合的也只有一部分合适，剩下的还得自己去碰。
# 团长愿意撮合多少对，要看一对能挣多少、要花多少。
#
# </details>
#
# 六项权利，各管其中一处。
# 线上结算让服务费收得齐，零费率让它不打折，爽约保护补上一部分；推荐省下寻找的功夫，数据沉淀避免错配，营销合作带动销售，服务费跟着涨。
# 作用有多大都是**假设**，把它们关掉、打开看看：

# %%
rights = ["settlement", "data", "recommendation", "zero_fee", "cover", "marketing"]
levers = [f"match.{right}" for right in rights] + ["match.leader_fee"]
kit.tune(match, assume, levers=levers, outcome=alliance_leaders.leader_rights)

# %% [markdown] lang="en"
# As assumed here, the rights about *finding* do more than the rights about *money*, and no-show protection least of all: hardly a booking fails, so there is little to protect.
# With a much smaller leader's fee, online settlement catches up with data.
# Which of them is in the article, and which strength is ours, is in the list beneath the panel.
#
# ## What does a gold label tell?
#
# The platform promises {{kit.fact("A55")}} with gold and {{kit.fact("A56")}} with silver.
# A label is worth what an audit behind it can tell: if good ones pass more often than bad ones, a promoter who reasons by Bayes' rule trusts the labelled more.

# %% [markdown] lang="zh"
# 按这里的假设，管*找得到*的权利比管*钱*的权利作用大，爽约保护最小：本来就很少爽约，可保护的不多。
# 把团长服务费率调低很多，线上结算就赶上数据沉淀了。
# 哪些是文章写的，作用多大是我们假设的，面板下面的清单里都有。
#
# ## 金牌说明了什么？
#
# 平台承诺评出金牌{{kit.fact("A55")}}、银牌{{kit.fact("A56")}}。
# 牌子值多少，要看背后的审核能分辨多少：优质的比不合格的更容易通过，按贝叶斯公式推理的推广者就更信得过挂牌的。

# %%
audits = ["assume.good_supply", "assume.audit_hit", "assume.gold_false_pass", "assume.silver_false_pass"]
kit.tune(match, assume, levers=[*audits, "match.chains"], outcome=alliance_leaders.endorsement)

# %% [markdown] lang="en"
# What the labelled gain in trust, the others lose: beliefs average to what they were before.
# With few labels among many the loss of each is small; in a small alliance, look again.
# And an audit that bad ones pass as easily as good ones tells nothing, whatever the endorsement is called.
#
# ## Who pays when the host does not come?
#
# A promoter books a slot; goods are packed, the slot is kept free; then a better offer comes along.
# The article gives leaders "protection" and no terms.
# Suppose the platform now pays a part of the loss.

# %% [markdown] lang="zh"
# 挂牌的多得的信任，正是没挂牌的失去的：平均下来和挂牌之前一样。
# 牌子少、供应链多，摊到每家就少；联盟很小的时候，再看一次。
# 要是不合格的也一样容易通过，那么不管官方背书叫什么名字，都说明不了什么。
#
# ## 主播没来，谁买单？
#
# 推广者约好档期，货备好了，时段也空出来了，这时他接到更好的邀约。
# 文章给了团长“保护”，没写条件。
# 假设平台现在补偿一部分损失。

# %%
levers = ["booking.deposit", "booking.cover", "assume.no_show_rate", "assume.no_show_loss", "assume.session_sales"]
bookings = alliance_bookings.no_shows(slot, assume)
kit.tune(slot, assume, levers=levers, outcome=alliance_bookings.no_shows, predict="rate_cover")

# %% [markdown] lang="en"
# <details><summary><b>What surprised you?</b> (guess first, then unfold)</summary>
#
# Cover without a deposit changes **who pays, not who shows**.
# The promoter weighs the offer against what is lost by not coming: the earning $E$ and the deposit $D$.
# What others are paid afterwards is not in it.
# With offers of mean $\nu$ (exponential), $P(\text{show}) = 1 - e^{-(E+D)/\nu}$: a deposit as large as the earning turns the no-show rate into its square.
# Beside a deposit, cover costs the platform {{bookings.number("platform_both")}} a booking instead of {{bookings.number("platform_cover")}}.
#
# </details>

# %% [markdown] lang="zh"
# <details><summary><b>哪里出乎意料？</b>（先猜，再点开）</summary>
#
# 只补偿、不收保证金，改变的是**谁买单，不是谁来**。
# 推广者拿新邀约和不来的损失比：少挣的 $E$ 加上保证金 $D$。
# 事后别人拿到多少补偿，不在他的算盘里。
# 设新邀约的平均值为 $\nu$（指数分布），那么 $P(\text{到场}) = 1 - e^{-(E+D)/\nu}$：保证金和能挣的一样多，爽约率就变成原来的平方。
# 有保证金时，补偿每个预约只花平台{{bookings.number("platform_both")}}；没有保证金，要花{{bookings.number("platform_cover")}}。
#
# </details>

# %% [markdown] lang="en"
# ## What this lesson leaves out
#
# - Postage, taxes, invoices, and the cost of the goods: the supply chain's share is not its profit.
# - Who can be made to pay: a claw-back assumes that the promoter still has the money.
# - A buyer's choice.
#   Rates do not move prices or sales here, and a dearer promoter does not sell more.
# - Promoters who would not pay a deposit and stay away; a deposit as high as the panel allows has that cost too.
# - How strong the six rights are, how good an audit is, and how many are on each side: all assumed.
#
# ## Exercises
#
# The sheet `ex06.ipynb`, in the same folder, asks {{len(kit.progress().rows["ex06"])}} questions with numbers of your own and checks the answers.
# With pencil and panel:
#
# 1. The supply chain wants to keep four fifths of the price.
#    Which commission can it offer, with a leader and without?
# 2. Find a price and a commission at which three pro-rated refunds take back less than was charged, instead of more.
# 3. Under the rule of 2019 a merchant sells alone.
#    Which commission, paid to itself through a friend, saves most, and who bears it?
# 4. A promoter stands one order before the step, and a friend offers to buy and send back later.
#    Write the clause that the contract lacks.
# 5. Change one amount in a copy of the made events so that it still adds up but is wrong.
#    Which check finds it, and which cannot?
# 6. Find the smallest deposit at which cover costs the platform nothing, and say who pays then.
#
# ## Summary
#
# **Shares are rounded down, and one party takes the rest**: then every order adds up.
# **Refunds are reckoned anew**, before settlement and after it.
# **A rule with two branches and a step for all orders are notches**: somebody will stand on the right side of them.
# **A leader is worth the matches that chance leaves unmade**, at most.
# **Cover decides who pays, a deposit decides who shows.**

# %% [markdown] lang="zh"
# ## 这一课没有算进去的
#
# - 运费、税、发票和货品成本：供应链分到的不是利润。
# - 钱追不追得回来：追回的前提是推广者手里还有这笔钱。
# - 买家的选择。
#   这里费率不影响售价和销量，佣金高的推广者也不会多卖。
# - 不愿交保证金、干脆不来的推广者：保证金调到面板的最高处，也有这个代价。
# - 六项权利作用多大、审核有多准、两边各有多少，都是假设。
#
# ## 练习
#
# 同一个文件夹里的练习 `ex06.ipynb` 有{{len(kit.progress().rows["ex06"])}}道题，数字是你自己的，答完就能检查。
# 下面几道用纸笔和面板来做：
#
# 1. 供应链想留下售价的五分之四。
#    有团长和没有团长，佣金率各能给到多少？
# 2. 一单分三次退。
#    换一个售价和佣金率，让按比例退的佣金比收的少，而不是多。
# 3. 按 2019 年的规则，商家不找人带货。
#    要是挂一个佣金率、让朋友来“推广”，挂多少最省？
#    省下的钱是谁少收的？
# 4. 推广者离档位只差一单，朋友愿意帮他买一单，以后再退。
#    合同里缺了哪一条？
#    请写出来。
# 5. 把编造的事件表复制一份，改动一个金额，让账仍然平，却是错的。
#    哪项核对查得出来，哪项查不出来？
# 6. 找出最小的保证金，让平台的补偿一分钱都不用出，并说说这时是谁在买单。
#
# ## 小结
#
# **各份舍去零头，由一方拿剩下的**，每一单就都合得上。
# **退款要重算**，结算前后都一样。
# **分两支的规则、全部一起提的阶梯佣金都有跳档**，总有人会站到划算的那一边。
# **团长最多值那些碰不上的撮合。**
# **补偿决定谁买单，保证金决定谁来。**
