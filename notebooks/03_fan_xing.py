# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   lesson:
#     id: fan_xing
#     number: "03"
#     title:
#       en: "Fan Xing: what is it worth to me?"
#       zh: "凡星计划：对我值多少钱？"
#     objectives:
#       - en: Reckon the fee of a new shop in both readings of the rule, and say where they differ
#         zh: 按两种计费方式分别算出新店的技术服务费，说清差在哪里
#       - en: Estimate what the plan adds to the profit of one's own shop, part by part
#         zh: 一项一项估出凡星计划能给自己的店多带来多少利润
#       - en: Explain who pays for free promotion credits in an idle and in a full market
#         zh: 说明流量富余和流量饱和时，免费粉条分别由谁买单
#       - en: Tell the mean newcomer from the typical one, and gross effects from net ones
#         zh: 分清平均的新商家与典型的新商家，分清表面效果与净增效果
#     prerequisites: []
#     minutes_read: 25
#     minutes_do: 20
#     terms: [technical_fee, promotion_credit, settled_sales, marginal_reading, whole_base_reading, gross_margin, return_rate, infra_marginal, pass_through, retention, gross_effect, net_effect, counterfactual_twin]
#     numbers: [A01, A04, A05, A35, A36, A37, A38, A39, A40, A41, F01, F05, L01, standard_fee, attention_made]
#     exercises: [ex03]
#     tracks: [merchant]
#     takeaways:
#       - en: Ask which reading of the rule holds before you plan a sale around the cap
#         zh: 围着优惠上限安排大促之前，先问清楚按哪种方式计费
#       - en: For small shops the fee cut is the plan; a credit is exposure, not cash
#         zh: 对小店来说，计划的大头是技术服务费的减免；粉条是曝光，不是现金
#       - en: In a full market credits move exposure from merchant to merchant
#         zh: 流量饱和时，粉条只是把曝光从一个商家挪给另一个商家
#       - en: Set what newcomers gain against what incumbents lose before you call a plan a success
#         zh: 说计划成功之前，先拿新商家多卖的和老商家少卖的放在一起比
# ---

# %% [markdown] lang="en"
# # Fan Xing: what is it worth to me?
#
# *I open a shop in September.
# The platform offers me a plan for newcomers: free promotion credit, a lower fee, somebody to call.
# Should I hurry, and what should I expect?*
#
# In this lesson you reckon with the announced figures and with your own.
# Press **Run → Run All Cells** first and scroll back up to here; then every panel below is alive.
# You need not read the code: it is folded, and each panel works without it.
# The figures come from an article of 刺猬公社 (Ciwei Gongshe) of September 2020 on the e-commerce open day; what it does not say is marked as an assumption.

# %% [markdown] lang="zh"
# # 凡星计划：对我值多少钱？
#
# *我准备九月开店。
# 平台给新商家一套扶持：送免费粉条、降技术服务费、有官方运营对接。
# 要不要赶在窗口期入驻？
# 到底能指望它多少？*
#
# 这一课先按公布的数字算，再换成你自己店里的数字算。
# 请先点菜单**运行 → 运行所有单元格**，再翻回到这里，下面的面板就都能用了。
# 不会写代码也没关系：代码已经折叠，不看代码也能用面板。
# 数字出自刺猬公社 2020 年 9 月关于快手电商开放日的一篇文章；文章没写的，都标明是假设。

# %%
import kit
from kit.analysis import sensitivity
from kit.outcomes import fan_xing, newcomers, policy_effects, scenario_comparison

kit.language("en")
announced = kit.policy("fan_xing")
assume = kit.assumptions()
shop = kit.my_shop()

# %% [markdown] lang="en"
# ## What was announced, and what was not
#
# The table shows the plan in the article's own words, and beside it the first thing that the article does **not** say: the fee that a shop pays *without* the plan.
# That one is an **assumption**; you can move it in the panels that use it.

# %% [markdown] lang="zh"
# ## 公布了什么，没公布什么
#
# 下表照录文章对计划的说法。
# 最后一行是文章**没有**写的第一件事：*不在*计划里的店，技术服务费按多少收。
# 这一项只能算**假设**，下面用到它的面板都可以调。

# %%
kit.table(kit.sourced.table("A35", "A36", "A37", "A38", "A39", "A40", "A41", "standard_fee"))

# %% [markdown] lang="en"
# Four more things stay open: whether the reduced fee falls on each part of the sales or on all of them; whether sales count before or after returns (we take *settled* sales, after returns); how long the plan runs for a shop that never reaches the cap (we reckon {{kit.fact("shop.days")}} after entry); and what the official contact does.
# Look any figure up by its id, as in `kit.fact("A39")`.

# %% [markdown] lang="zh"
# 还有四件事没说清楚：优惠费率是按销售额分段算，还是一刀切地算全部销售额；“累计销售额”扣不扣退货（我们按扣除退货后的*结算销售额*算）；一直卖不到上限的店，优惠管多久（我们按入驻后{{kit.fact("shop.days")}}计算）；官方运营对接具体做什么。
# 想查哪个数字的出处，用它的编号就行，比如 `kit.fact("A39")`。

# %% [markdown] lang="en"
# ## One sentence, two readings
#
# "As low as {{kit.fact("A39")}} on cumulative sales within {{kit.fact("A40")}}": with pencil and paper, a shop that has settled sales of $G$ pays, if the cap is $C$, the reduced fee $f_0$ and the standard fee $f_1$,
#
# - **marginal reading:** $f_0 \min(G, C) + f_1 \max(G - C, 0)$.
#   Only what lies beyond the cap bears the standard fee;
# - **whole-base reading:** $f_0 G$ up to the cap, and $f_1 G$ on *everything* once the cap is passed.
#
# Before the panel opens, commit to a guess.
# A wrong guess costs nothing and teaches more than a right one.

# %% [markdown] lang="zh"
# ## 一句话，两种计费方式
#
# “累计销售额{{kit.fact("A40")}}以内，技术服务费低至{{kit.fact("A39")}}”。
# 用纸笔就能算：设累计结算销售额（扣除退货）为 $G$，优惠上限为 $C$，优惠费率为 $f_0$，标准费率为 $f_1$，那么
#
# - **分段计费**：$f_0 \min(G, C) + f_1 \max(G - C, 0)$，只有超出上限的部分按标准费率收；
# - **全额计费**：没超上限时是 $f_0 G$；一旦超过，*全部*销售额都按标准费率收，也就是 $f_1 G$。
#
# 面板打开之前，先写下你的猜测。
# 猜错没有损失，往往比猜对学得还多。

# %%
levers = ["fan_xing.fee", "fan_xing.cap", "assume.standard_fee", "assume.sales_elasticity"]
fees = fan_xing.fee_by_sales(announced, assume)
kit.tune(announced, assume, levers=levers, outcome=fan_xing.fee_by_sales, predict="past_cap")

# %% [markdown] lang="en"
# <details><summary><b>What to see</b> (guess first, then unfold)</summary>
#
# The plan can save at most {{fees.number("most")}}, whatever you sell.
# If the standard fee is not {{kit.fact("standard_fee")}} but nearer to the {{kit.fact("F05")}} once seen for food (`F05`), that falls to a quarter: slide the standard fee down and watch.
#
# </details>
#
# On the marginal reading hardly anybody has a reason to stop selling: what is kept per yuan falls a little at the cap.
# If one per cent more kept brings {{assume.sales_elasticity}} per cent more sales (the *elasticity* in the panel), only shops within {{fees.number("bunching")}} above it would rather stop right there.
# In a real list of shops you would hardly find them.
#
# On the whole-base reading there is a cliff.
# How far must a shop jump to be as well off as at the edge?
# That depends on its margin:

# %% [markdown] lang="zh"
# <details><summary><b>看什么</b>（先猜，再点开）</summary>
#
# 不管卖多少，凡星计划最多帮你省{{fees.number("most")}}。
# 如果标准费率不是{{kit.fact("standard_fee")}}，而是接近食品类目出现过的{{kit.fact("F05")}}（`F05`），能省的就只剩四分之一：把标准费率往下拖，看看怎么变。
#
# </details>
#
# 按分段计费，几乎没有人有理由停下来不卖：过了上限，每卖一元只是到手少一点。
# 假如每元到手多百分之一，销售能多百分之{{assume.sales_elasticity}}（面板里的“销售弹性”），也只有超出上限{{fees.number("bunching")}}以内的店宁可正好停在上限；真拿一份商家名单去找，几乎找不出来。
#
# 按全额计费，上限处就是一道坎。
# 要往前冲多远，才不比停在坎前差？
# 这取决于毛利率：

# %%
levers = ["shop.margin", "fan_xing.fee", "fan_xing.cap", "assume.standard_fee"]
kept = fan_xing.kept_by_sales(announced, shop, assume)
kit.tune(announced, shop, assume, levers=levers, outcome=fan_xing.kept_by_sales)

# %% [markdown] lang="en"
# A shop with a gross margin of {{kit.fact("shop.margin")}} that lands just past the cap keeps less than at the cap until it has sold {{kept.number("back")}}.
# The thinner the margin, the wider the gap.
# **Ask which reading holds before you plan a sale around the cap.**
# From here on we use the marginal reading, unless you switch.

# %% [markdown] lang="zh"
# 毛利率{{kit.fact("shop.margin")}}的店，刚过上限反而比停在上限赚得少，要卖到{{kept.number("back")}}才追平。
# 毛利越薄，这道坎越宽。
# **围着优惠上限安排大促之前，先问清楚按哪种方式计费。**
# 下面都按分段计费，你也可以在面板里切换。

# %% [markdown] lang="en"
# ## What is it worth to my shop?
#
# Put in your own sales, order value, margin and return rate.
# The panel reckons the profit of your first weeks without the plan and with it:
#
# - **fee saved**: on *settled* sales.
#   What comes back pays no fee, and saves none;
# - **orders from the credit**: yuan of credit → impressions → people in the room → orders → orders that are kept.
#   A credit is not cash: it is worth the profit on those last orders;
# - **coaching**: more sales after advice, an assumption through and through;
# - **later orders** of buyers whom the credit won, worth $m\,r/(1+i-r)$ today, with a margin of $m$ an order, a monthly retention of $r$ and a discount rate of $i$.
#   They rest on a guess about loyalty and run past the days reckoned, so they are shown apart and not added.
#
# The shop at the start is an illustration: sales of {{kit.fact("newcomer_daily_sales")}} a day before returns.

# %% [markdown] lang="zh"
# ## 对我的店值多少钱？
#
# 填上你自己的日销售额、客单价、毛利率和退货率。
# 面板会算出开店头一段时间的利润：没有计划是多少，有计划是多少。
#
# - **省下的技术服务费**：按*结算销售额*算。
#   退掉的订单不收费，也就谈不上省；
# - **粉条带来的订单**：粉条金额 → 曝光 → 进直播间 → 下单 → 没退的订单。
#   粉条不是现金，它只值最后这些订单的利润；
# - **辅导**：有人指点之后多卖的部分，从头到尾都是假设；
# - **以后的复购**：粉条带来的买家以后再买，设每单毛利 $m$、月留存率 $r$、月贴现率 $i$，折到今天值 $m\,r/(1+i-r)$。
#   这部分靠的是对留存的猜测，而且会延续到计算期之后，所以单独列出，不计入合计。
#
# 面板一开始填的店只是个例子：退货前每天卖{{kit.fact("newcomer_daily_sales")}}。

# %%
mine = ["shop.daily_sales", "shop.price", "shop.margin", "shop.return_rate", "shop.entered"]
terms = ["fan_xing.reading", "fan_xing.credit", "assume.standard_fee", "assume.viewer_conversion"]
variants = ["fan_xing", "fan_xing_whole", "fan_xing_fee_only", "fan_xing_credit_only"]
gain = fan_xing.worth(announced, shop, assume)
tiny = fan_xing.worth(announced, shop.but({"shop.daily_sales": 30}), assume)
kit.tune(announced, shop, assume, levers=mine + terms, outcome=fan_xing.worth, predict="total", presets=variants)

# %% [markdown] lang="en"
# <details><summary><b>What surprised you?</b> (guess first, then unfold)</summary>
#
# Most people expect more from the credit.
# {{kit.fact("A38")}} of it buy some {{venue.number("views")}}, and those end as {{gain.number("kept_orders")}} that nobody sends back.
# For a shop of this size, the fee is the plan; only for the very smallest does it turn round (at sales of {{kit.number(30, "yuan")}} a day the fee saved comes to {{tiny.number("fee")}}, the credit to {{tiny.number("credit")}}).
# Switch the plan's parts on and off, for a shop that sells twice as much and so passes the cap:
#
# </details>

# %% [markdown] lang="zh"
# <details><summary><b>哪里出乎意料？</b>（先猜，再点开）</summary>
#
# 多数人对粉条期望过高。
# {{kit.fact("A38")}}粉条大约能买到{{venue.number("views")}}，最后没退货的只有{{gain.number("kept_orders")}}。
# 对这么大的店，计划的大头是技术服务费的减免；只有最小的店反过来（一天只卖{{kit.number(30, "yuan")}}的，省下的技术服务费是{{tiny.number("fee")}}，粉条值{{tiny.number("credit")}}）。
# 换一家卖得多一倍、会卖过上限的店，把各项优惠单独打开、关上，对比着看：
#
# </details>

# %%
busy = shop.but({"shop.daily_sales": 2 * shop.daily_sales})
parts = fan_xing.by_policy(variants, busy, assume)
kit.table(parts, dict.fromkeys(["saved", "credit", "coaching", "total"], "yuan"))

# %% [markdown] lang="en"
# On the whole-base reading this shop saves nothing at all: it has passed the cap.
#
# Two things to try in the panel above.
# Set the day of entry one day after the window: everything is gone at once, for the plan asks *when* you entered and not how you trade.
# And set the return rate to what jade or women's wear really see: the saving shrinks with every parcel that comes back.
#
# ### Should I lower my price, now that my fee is lower?
#
# If you keep your list price, you keep the whole saving.
# For a seller who sets the best price anew, a fee $f$ works like a higher unit cost, $c/(1-f)$; the plan lowers it.
# Of that fall it hands on to buyers (*pass-through*), with logit demand (each buyer weighs price against appeal, by chance), *one minus the share of the people in the room who buy from it*: nearly all for a small shop, where some {{kit.number(assume.viewer_conversion, "share")}} buy, and less for a host whom everybody came to buy from.
# The last column sets the same cut against the fee saved.

# %% [markdown] lang="zh"
# 按全额计费，这家店一分钱也省不下：它卖过了上限。
#
# 回到上面的面板，再试两件事。
# 把入驻日期调到窗口期结束的第二天：优惠一下子全没了，因为计划只看你*什么时候*入驻，不看你怎么经营。
# 再把退货率调到玉石、女装的真实水平：每退回一件，省下的技术服务费就少一点。
#
# ### 费率降了，我要不要跟着降价？
#
# 标价不动，省下的全归自己。
# 要是重新定一个最划算的价格，费率 $f$ 就相当于把单位成本抬高到 $c/(1-f)$，计划让它降下来。
# 降下来的这部分会让一些给买家（让利比例）：在 Logit 需求下（每位买家拿喜欢程度和价格相比，带一点偶然），让出的是*一减去直播间里向你下单的人的占比*。
# 小店的直播间里大约只有{{kit.number(assume.viewer_conversion, "share")}}的人下单，几乎全让；人人都冲着他来买的主播，反而让得少。
# 最后一列是同样的降价与省下的技术服务费相比。

# %%
prices = newcomers.repricing(announced, shop, assume)
kit.table(prices, dict.fromkeys(["reach", "handed_on", "limit", "of_fee"], "share"))

# %% [markdown] lang="en"
# ## Who pays for the free credit?
#
# Your credit buys exposure in the same auction in which other merchants pay cash.
# In an **idle** market there is exposure to spare: credits add some.
# In a **full** one there is not: what newcomers get, others lose, while they pay as much as before.
# With cash budgets $B$, credits $K$ and a fullness $\zeta$ of the market, cash advertisers keep $(B/(B+K))^{\zeta}$ of their exposure.

# %% [markdown] lang="zh"
# ## 免费的粉条，谁来买单？
#
# 你用粉条买曝光，别的商家用现金买曝光，抢的是同一个竞价池。
# 流量**富余**时，还有多余的曝光可以放出来，粉条带来的是增量；流量**饱和**时，没有多余的曝光，新商家多拿的就是别人少拿的，而别人花的钱一分没少。
# 设现金投放为 $B$，粉条为 $K$，流量饱和度为 $\zeta$，现金投放商家的曝光只剩原来的 $(B/(B+K))^{\zeta}$。

# %%
levers = ["assume.supply_fixity", "fan_xing.credit", "assume.newcomers_per_day", "assume.paid_share"]
venue = newcomers.credit_market(announced, assume)
kit.tune(announced, assume, levers=levers, outcome=newcomers.credit_market, predict="lost")

# %% [markdown] lang="en"
# <details><summary><b>What to see</b> (guess first, then unfold)</summary>
#
# In this reckoning the credit costs the platform no cash: cash budgets stay {{venue.number("budget")}} a day.
# In a full market it costs *other merchants* {{venue.number("lost_full")}} of what they paid for: little for each of them, because so many share it, and in sum just what the newcomers gain.
# And every credit buys less in the crowd: {{venue.number("views_idle")}} in an idle market, {{venue.number("views_full")}} in a full one.
# An A/B test that compares newcomers with and without credit would see their gain and miss this loss.
#
# </details>

# %% [markdown] lang="zh"
# <details><summary><b>看什么</b>（先猜，再点开）</summary>
#
# 在这个算法里，粉条不花平台的现金：每天的现金投放还是{{venue.number("budget")}}。
# 可流量饱和时，买单的是*别的商家*：花同样的钱，曝光少了{{venue.number("lost_full")}}。
# 摊到每一家不多，因为分摊的商家多；加起来，正好等于新商家多得的。
# 粉条之间也互相挤：一家新商家的粉条，流量富余时能买到{{venue.number("views_idle")}}，流量饱和时只能买到{{venue.number("views_full")}}。
# 拿有粉条和没粉条的新商家做 A/B 测试，看得到他们多得的，看不到别人失去的。
#
# </details>

# %% [markdown] lang="en"
# ## Who reaches the cap?
#
# Over {{kit.fact("shop.days")}}, the mean newcomer of our illustration settles {{savings.number("mean")}} (of its sales {{kit.fact("newcomer_return_rate")}} come back, a little less than in the shop above); the one in the middle of the list settles {{savings.number("median")}}.
# Sizes are that unequal.
# So who gets the fee that the platform forgoes?

# %% [markdown] lang="zh"
# ## 谁能卖到优惠上限？
#
# 在我们的例子里，{{kit.fact("shop.days")}}里新商家平均结算{{savings.number("mean")}}（退货率按{{kit.fact("newcomer_return_rate")}}算，比上面那家店低一些），可排在正中间的那家只有{{savings.number("median")}}。
# 规模就是这么悬殊。
# 那么，平台少收的技术服务费，落到了谁手里？

# %%
levers = ["fan_xing.cap", "fan_xing.fee", "fan_xing.reading"]
sizes = ["assume.newcomer_daily_sales", "assume.newcomer_size_sd"]
readings = ["fan_xing", "fan_xing_whole"]
savings = newcomers.savings(announced, assume)
kit.tune(announced, assume, levers=levers + sizes, outcome=newcomers.savings, predict="to_crossers", presets=readings)

# %% [markdown] lang="en"
# <details><summary><b>What surprised you?</b> (guess first, then unfold)</summary>
#
# The cap binds for few, yet the few take {{savings.number("to_crossers")}} of the saving.
# Lower the cap, and the large save less while the small save as before; raise it, and all that is added goes to the large.
# A mean of {{savings.number("saving")}} a shop describes nobody.
#
# </details>

# %% [markdown] lang="zh"
# <details><summary><b>哪里出乎意料？</b>（先猜，再点开）</summary>
#
# 卖过上限的店很少，省下的技术服务费却有{{savings.number("to_crossers")}}归他们。
# 把优惠上限调低，大店省得少了，小店照旧；调高，多省的钱都归大店。
# 平均每家省{{savings.number("saving")}}，可这个“平均”谁也代表不了。
#
# </details>

# %% [markdown] lang="en"
# ## What is the official contact worth?
#
# Hours of advice are limited: if twice as many shops enter, each gets half.
# We assume that advice lifts sales with less and less effect, and let you move how much.
# The panel sets what the shop gains against what the platform earns in fees and pays in wages.

# %% [markdown] lang="zh"
# ## 官方运营对接值多少钱？
#
# 辅导的工时是有限的：入驻的店多一倍，每家分到的就少一半。
# 我们假设辅导能带动销售，但越往后效果越小；能带动多少，由你来调。
# 面板把商家多赚的钱，和平台多收的技术服务费、付出的人工成本放在一起比。

# %%
hours = ["fan_xing.coaching", "assume.coaching_lift", "assume.coaching_half", "assume.coaching_wage"]
crowd = ["assume.newcomers_per_day", "shop.daily_sales"]
advice = newcomers.coaching(announced, shop, assume)
kit.tune(announced, shop, assume, levers=hours + crowd, outcome=newcomers.coaching, predict="fees")

# %% [markdown] lang="en"
# <details><summary><b>What did you find?</b> (guess first, then unfold)</summary>
#
# To this shop the contact is worth {{advice.number("gained")}}, more than the credit; to the platform it brings {{advice.number("fees")}} in fees for {{advice.number("wages")}} of wages.
# A platform that looks at fees alone would give its hours to large shops only.
# If it promises them to all, it may count on something else, such as shops that stay; this lesson cannot show that.
#
# </details>

# %% [markdown] lang="zh"
# <details><summary><b>结果怎样？</b>（先猜，再点开）</summary>
#
# 对这家店，官方运营对接值{{advice.number("gained")}}，比粉条还多；对平台，付出{{advice.number("wages")}}人工成本，只多收{{advice.number("fees")}}技术服务费。
# 只盯着技术服务费的平台，会把工时全给大店。
# 如果平台承诺给每一家，也许图的是别的，比如让商家留下来；这一点，本课证明不了。
#
# </details>

# %% [markdown] lang="en"
# ## The platform's side, in four lines
#
# What the plan costs is of four kinds, and they must not be added: cash revenue forgone, cash subsidy, credit at face value, and exposure that other merchants lose.
# (The adviser's wages, {{kit.fact("coaching_wage")}} an hour, come on top and stand in none of the four.)
# The picture shows them **per newcomer who would have entered anyway** (economists say *infra-marginal*), the plan's pure cost.
# What it gains are the newcomers who came *because* of it, and for those a closed form is not enough: the rest of this lesson sets the plan against its twin without the plan, in a simulated market.

# %% [markdown] lang="zh"
# ## 平台这本账，分四行记
#
# 计划的代价有四种，不能加在一起：少收的现金收入、补贴的现金、粉条的面值、别的商家失去的曝光。
# （官方运营的人工，每小时{{kit.fact("coaching_wage")}}，要另算，四种里都没有。）
# 下图是**每一家本来就会入驻的新商家**（经济学叫“边际内”）的账，也就是计划的纯成本。
# 计划的收获，是那些*因为有它才来*的商家，这靠闭式解算不出来：下面用仿真，拿两个一模一样的市场对比，一个有计划，一个没有。

# %%
newcomers.account(announced, assume).chart()

# %% [markdown] lang="en"
# ## The whole market, with the plan and without
#
# So far every shop stood alone.
# Now the market answers: buyers choose among all rooms, what a newcomer sells somebody else may not sell, shops enter because entering pays, and new rooms need weeks until they are known.
# The **simulator** runs such a market day by day, twice: once with the plan, once without it, and all else alike (the *counterfactual twin*).
# Whatever differs is the plan's doing, and nobody's luck.
#
# What does the plan change in what the whole platform sells, from August to the end of January?
# Commit to a guess; a minus is allowed.

# %% [markdown] lang="zh"
# ## 把整个市场放进来：有计划，没有计划
#
# 前面算的都是一家店。
# 现在让市场有反应：买家在所有直播间里挑，新商家多卖的，可能就是别人少卖的；入驻划算，来的店才会多；新直播间要几个星期才有人认识。
# **仿真**把这样一个市场一天一天地跑，跑两遍：一遍有计划，一遍没有，其余完全一样（叫*反事实对照*）。
# 两边的差别，就是计划造成的，跟运气无关。
#
# 从八月到一月底，全平台卖出的总额会因为计划变化多少？
# 先写下你的猜测，可以是负数。

# %%
levers = ["fan_xing.credit", "fan_xing.fee", "fan_xing.coaching", "assume.attention_made"]
weeks = policy_effects.weekly_gain(announced, assume)
kit.tune(announced, assume, levers=levers, outcome=policy_effects.weekly_gain, predict="net", presets=variants)

# %% [markdown] lang="en"
# <details><summary><b>What surprised you?</b> (guess first, then unfold)</summary>
#
# Newcomers sell {{weeks.number("newcomers_more")}} more, a success for any report that looks at newcomers.
# For incumbents the change is {{weeks.number("incumbents_more")}}.
# Most of it was **moved**, not made: together {{weeks.number("net")}}, in a platform that sells {{weeks.number("gmv_twin")}} without the plan.
# Some {{weeks.number("entered_more")}} enter because of it; of all who enter, {{weeks.number("survival")}} are there after ninety days, against {{weeks.number("survival_twin")}} without.
#
# </details>
#
# So small a rest of two large numbers must not be taken to the yuan.
# The panels let some thousand merchants stand for a million, so that they answer at once; the table below lets thirty times as many, each part of the plan alone.
# Set it beside the panel, and you see how far a small market may be trusted.

# %% [markdown] lang="zh"
# <details><summary><b>哪里出乎意料？</b>（先猜，再点开）</summary>
#
# 新商家多卖了{{weeks.number("newcomers_more")}}，只看新商家的报告会说大获成功。
# 可老商家的变化是{{weeks.number("incumbents_more")}}。
# 大半是**挪过来的**，不是新增的：合计只有{{weeks.number("net")}}，而没有计划时全平台卖{{weeks.number("gmv_twin")}}。
# 因为计划才来的约有{{weeks.number("entered_more")}}；所有入驻的店，九十天后还在的占{{weeks.number("survival")}}，没有计划时是{{weeks.number("survival_twin")}}。
#
# </details>
#
# 两个大数相减剩下的这一点，不能当成精确到元的数。
# 为了让面板立刻有反应，那里用一千来家商家代表一百万家；下面的表用了三十倍的代表，把计划的各部分分开算。
# 和面板对照一下，就知道小市场能信到什么程度。

# %%
alone = scenario_comparison.by_policy(variants, assume, merchants=30_000)
kit.table(alone, dict.fromkeys(["gross_gmv", "net_gmv", "newcomers_more", "incumbents_more"], "yuan"))

# %% [markdown] lang="en"
# The *gross effect* adds up the good days only, as a campaign report does; the *net effect* counts all days.
# With the credit alone newcomers sell {{kit.number(alone["newcomers_more"].iloc[3], "yuan")}} more, and the platform as a whole less: {{kit.number(alone["net_gmv"].iloc[3], "yuan")}}.
# The fee cut alone leaves {{kit.number(alone["net_gmv"].iloc[2], "yuan")}}.
# The plan's net, {{kit.number(alone["net_gmv"].iloc[0], "yuan")}}, rests wholly on the third part, the official contact: without it the net is {{kit.number(*policy_effects.run_with_counterfactual(announced.but({"fan_xing.coaching": 0}), assume, 30_000).effect["net"])}}.
# And of that contact the article says nothing but that it exists.
#
# ### Who gains, and who pays for the credit?
#
# The same account by party.
# Slide the credit up and watch the incumbents; then make the market idle.

# %% [markdown] lang="zh"
# *毛效果*像活动战报一样，只加多卖的那些天；*净效果*把每一天都算进来。
# 只送粉条，新商家多卖{{kit.number(alone["newcomers_more"].iloc[3], "yuan")}}，全平台反而少卖：{{kit.number(alone["net_gmv"].iloc[3], "yuan")}}。
# 只降费率，净效果是{{kit.number(alone["net_gmv"].iloc[2], "yuan")}}。
# 整个计划的净效果是{{kit.number(alone["net_gmv"].iloc[0], "yuan")}}，全靠第三部分，也就是官方运营对接：没有它，净效果是{{kit.number(*policy_effects.run_with_counterfactual(announced.but({"fan_xing.coaching": 0}), assume, 30_000).effect["net"])}}。
# 而文章对它只说了一句“有”。
#
# ### 谁得益，粉条谁买单？
#
# 同一本账，按各方分开。
# 把粉条往上拖，看看老商家怎么变；再把市场调成流量富余试试。

# %%
levers = ["fan_xing.credit", "fan_xing.fee", "assume.supply_fixity", "assume.entry_response"]
parties = policy_effects.who_gains(announced, assume)
kit.tune(announced, assume, levers=levers, outcome=policy_effects.who_gains, presets=variants)

# %% [markdown] lang="en"
# What newcomers gain, the large pay for in part: they hold most of the exposure that is bought with cash, and most of the buyers.
# The platform's own cash changes by {{parties.number("platform_cash")}}, which is fees forgone (the adviser's wages are not in it).
# How does the account compare with the one that you reckoned with a pencil?

# %% [markdown] lang="zh"
# 新商家多赚的，有一部分由大商家买单：现金买来的曝光大半在他们手里，买家也大半在他们那里。
# 平台自己的现金变化是{{parties.number("platform_cash")}}，就是少收的技术服务费（官方运营的人工不在里面）。
# 这本账和用纸笔算的那本比，差多少？

# %%
simulated, pencil = policy_effects.four_lines(announced, assume), newcomers.account(announced, assume)
entrants, unit = pencil.finding["entrants"]
both = simulated.head(4).assign(simulated=simulated.yuan.abs(), reckoned=pencil.yuan.abs() * entrants)
kit.table(both[["line", "simulated", "reckoned"]], {"simulated": "yuan", "reckoned": "yuan"})

# %% [markdown] lang="en"
# The credits are of one size: only self-built shops get them, some {{kit.fact("self_built_newcomers")}} of newcomers by our assumption, where the pencil counted all; and in the market some old shops open anew to get them.
# The fees differ by far more, for the pencil let every shop sell from its first day what it sells once it is known, and stay.
# In the simulated market a new room is unknown, many close, and most of what the plan offers is never called up.
# **A plan's cost on paper is an upper bound.**
#
# ### What the sign hangs on
#
# Does a new room **make** attention, or does it **divide** what there is?
# In the model a number $\nu$ says so: at nought entry only divides, at one it brings as much as it takes.
# No source settles it.
# It is one of five *headline* assumptions that rule most answers of this course; the chart moves each through its range.
# Take the lower fee alone: all that it does is to bring more shops.

# %% [markdown] lang="zh"
# 粉条一项大体对得上：只有自建小店能领，按我们的假设占新商家的{{kit.fact("self_built_newcomers")}}，纸笔算的是全部；市场里还有些老店重开来领。
# 技术服务费就差远了：纸笔假定每家店从第一天起就卖到出名以后的水平，而且一直开着；仿真市场里，新直播间没人认识，不少会关店，计划许诺的大部分根本用不上。
# **纸面上的成本，只是上限。**
#
# ### 正负取决于什么
#
# 新开一个直播间，是**带来**新的关注，还是**瓜分**原有的关注？
# 模型里用一个数 $\nu$ 表示：零就是只瓜分，一就是带来的和拿走的一样多。
# 没有资料能定下这个数。
# 本课程有五项*关键假设*左右着大多数答案，它是其中之一。
# 下图把每一项从区间的一头调到另一头。
# 这里只看降费率：它的作用就是让更多的店入驻。

# %%
fee_only = kit.policy("fan_xing_fee_only")
signs = sensitivity.tipping_points(policy_effects.gross_and_net, fee_only, assume, result="net")
signs.chart()

# %% [markdown] lang="en"
# More shops sell more only as far as entry makes attention: as assumed the net is {{signs.number("start")}}; where attention is only divided it lies slightly below nought, and at the other end it is {{kit.number(signs["high"].iloc[4], "yuan")}}.
# The others hardly matter here.
# For the contact there is no such excuse: its net stands on how much an hour of advice lifts sales, a guess of ours.
# Go back to the panel, set the hours and $\nu$ to nought, and see what is left.

# %% [markdown] lang="zh"
# 店多了，卖得多不多，要看入驻能带来多少关注：按假设，净效果是{{signs.number("start")}}；关注只是被瓜分，就略低于零；区间的另一头是{{kit.number(signs["high"].iloc[4], "yuan")}}。
# 其余几项在这里影响不大。
# 官方运营对接又是另一回事：它的净效果全靠“辅导一小时能带动多少销售”，那是我们猜的。
# 回到上面的面板，把对接时长和“入驻带来的关注”（就是 $\nu$）都调到零，看看还剩什么。

# %% [markdown] lang="en"
# ## What this lesson leaves out
#
# - In the closed forms: no rival, no reaction of buyers to prices except where shown, no growth, no luck: every shop sells the same every day, and fees fall without the lag of some days.
#   The simulated half has the lag, the buyers and those who enter because of the plan.
# - The simulated market runs to the end of January.
#   Shops that the plan brought may sell for years; what they bring later is not in its net.
# - Sizes of newcomers, what exposure brings and what coaching does are assumptions.
#   The footer of each chart counts them.
# - An hour of advice lifts a large shop by the same share as a small one.
#   That is kind to the large: beyond a few thousand yuan a day do not trust the bar for coaching.
# - Who closes a shop to open it again as a "new" one is in the simulated half, not in the closed forms.
#
# ## Exercises
#
# The sheet `ex03.ipynb`, in the same folder, asks {{len(kit.progress().rows["ex03"])}} questions with numbers of your own and checks the answers.
# With pencil and panel:
#
# 1. Your shop sells half of the illustration's sales at twice its margin.
#    Is the plan worth more or less to it?
#    Say why before you try.
# 2. Find the standard fee at which the credit is worth as much to your shop as the fee saved.
# 3. In the whole-base reading, by which day should a fast shop stop and think?
#    Use the day of the cap in the panel.
# 4. Twice as many shops enter.
#    How much less coaching does each get, and what does that cost it?
#
# ## Summary
#
# **Ask which reading holds.**
# The marginal one never punishes a sale; the whole-base one has a cliff.
# **For small shops the fee cut is the plan**, and it falls on settled sales.
# **A credit is exposure, not cash**, and in a full market other merchants pay for it.
# **The mean newcomer is nobody**: few reach the cap, and they take a large part.
# **What newcomers gain is mostly moved**, and whether anything is left for the platform hangs on what no source tells.

# %% [markdown] lang="zh"
# ## 这一课没有算进去的
#
# - 闭式解部分：没有竞争对手，除注明之处外买家不随价格变化，没有增长，也没有运气，每家店每天卖得一样多，技术服务费的结算也不隔天。
#   仿真部分有结算周期，有会挑选的买家，也有因为计划才来的商家。
# - 仿真只跑到一月底。
#   计划带来的店可能还会卖好几年，以后的那些没有算进净效果。
# - 新商家的规模、曝光的效果、辅导的效果，都是假设。
#   每张图的页脚写着用了几项假设。
# - 我们让一小时辅导对大店和小店提升同样的比例，这对大店太乐观：日销售额超过几千元的店，辅导那一项不要当真。
# - 关了老店重开、冒充新商家的，仿真部分算了，闭式解部分没有算。
#
# ## 练习
#
# 同一个文件夹里的练习 `ex03.ipynb` 有{{len(kit.progress().rows["ex03"])}}道题，数字是你自己的，答完就能检查。
# 下面几道用纸笔和面板来做：
#
# 1. 你的店销售额只有示例的一半，毛利率是示例的两倍。
#    计划对它的价值是更高还是更低？
#    先说理由，再动手试。
# 2. 标准费率是多少时，粉条对你的店的价值正好等于省下的技术服务费？
# 3. 按全额计费，卖得快的店该在哪一天停下来想一想？
#    看面板里卖到优惠上限的日子。
# 4. 入驻的店多一倍。
#    每家少分到多少辅导，因此少赚多少？
#
# ## 小结
#
# **先问清楚怎么计费。**
# 分段计费从不惩罚多卖的一单；全额计费在上限处有一道坎。
# **对小店来说，计划的大头是技术服务费的减免**，而且只按结算销售额算。
# **粉条是曝光，不是现金**；流量饱和时，是别的商家在买单。
# **“平均的新商家”并不存在**：卖过上限的店很少，却拿走了很大一块。
# **新商家多卖的，大半是从别人那里挪来的**；平台还能剩下多少，取决于没有资料能回答的假设。
