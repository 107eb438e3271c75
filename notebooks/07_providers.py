# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   lesson:
#     id: providers
#     number: "07"
#     title:
#       en: "What should a provider be paid and judged for?"
#       zh: "服务商：按什么付钱，凭什么考核？"
#     objectives:
#       - en: Tell the four roles of providers and their duties apart, and say what was announced about judging them and what was not
#         zh: 分清服务商的四种角色和职责，说清考核办法里哪些公布了、哪些没公布
#       - en: Read the card of a quarterly review, and say why of two alike one holds a badge and one does not
#         zh: 看懂季度检查的成绩单，说清两家差不多的服务商，为什么一家有牌、一家没有
#       - en: Explain why a higher bar works until it collapses, and where
#         zh: 说明挂牌线抬高为什么先管用、后失灵，失灵在哪里
#       - en: Reckon the long run of a ladder of tiers from the chances of moving up and down
#         zh: 由升级、降级的机会，算出等级的长期分布
#       - en: Compare three ways of paying by who survives, and tell measured growth from net growth
#         zh: 从谁能活下来的角度比较三种付酬方式，分清看到的增长和净增长
#     prerequisites: []
#     minutes_read: 20
#     minutes_do: 25
#     terms: [provider, provider_programme, training_provider, mcn, belt_provider, supply_provider, belt_base, mid_tier, incubation, admission, provider_score, badge, tier, quarterly_review, caseload, reliability, selection, standard_score, effort, pay_regime, net_growth, survival]
#     numbers: [A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A33, A34]
#     exercises: [ex07]
#     tracks: [provider]
#     takeaways:
#       - en: A bar moves those who stand just below it; raised once too often, it moves nobody
#         zh: 挂牌线只推得动离线不远的人；抬过了头，谁也推不动
#       - en: Every way of paying keeps other providers alive; ask who leaves before you choose
#         zh: 每种付酬方式留下的人不一样；选之前先问谁会走
#       - en: Growth of a provider's clients is its work only after those who would have grown anyway are taken off
#         zh: 商家的增长，扣掉本来就会长的，才是服务商的功劳
# ---

# %% [markdown] lang="en"
# # What should a provider be paid and judged for?
#
# *I run a provider, or I train people who will.
# The platform scores us, hangs up a badge and takes it down again.
# What will that make us do?
# And which of us will still be there in a year and a half?*
#
# In this lesson you read the card of a review, reckon with pencil and paper what a bar and a ladder of tiers do, and then let {{kit.number(partners["providers.count"], "providers")}}, all made up, live under three ways of paying.
# Press **Run → Run All Cells** first and scroll back up to here.
# The code is folded away; every panel works without it.

# %% [markdown] lang="zh"
# # 服务商：按什么付钱，凭什么考核？
#
# *我开了一家服务商，或者我给要当服务商的人上课。
# 平台给我们评分、挂牌，不达标又撤牌。
# 这样一来，大家会怎么做？
# 一年半以后，还剩下谁？*
#
# 这一课先看一张检查成绩单，再用纸笔算一算挂牌线和等级会带来什么，最后让{{kit.number(partners["providers.count"], "providers")}}（都是编出来的）在三种付酬方式下过日子。
# 请先点菜单**运行 → 运行所有单元格**，再翻回到这里。
# 代码都折叠起来了，不看也行，每个面板都能直接用。

# %%
import kit
from kit.outcomes import provider_pay, provider_reviews

kit.language("en")
partners, assume = kit.policy("providers"), kit.assumptions()

# %% [markdown] lang="en"
# ## What was announced, and what was not
#
# The **provider partner programme** sets targets (**belt bases**, **mid-tier hosts** to bring up, sessions), names four roles with their duties, and says how providers are governed: **admission and exit**, a **score**, a **badge** that hangs on the official site too, **tiers** with promotion and demotion, and a **quarterly review** that takes the badge from those who fall short.

# %% [markdown] lang="zh"
# ## 公布了什么，没公布什么
#
# **服务商合伙人计划**定了目标（**产业带基地**、孵化**中腰部主播**、直播场次），写明了四种角色和职责，也写了怎么管理：**准入准出**、**评分**、**挂牌**（官网上也挂）、有升有降的**等级**，还有**季度检查**，不达标就撤牌。

# %%
aims, roles = ["A14", "A15", "A16", "A17"], ["A18", "A19", "A20", "A21"]
rules = ["A22", "A23", "A24", "A25", "A26", "A27", "A28", "A34"]
kit.table(kit.sourced.table(*aims, *roles, *rules))

# %% [markdown] lang="en"
# What the article does **not** say would fill a longer table: no formula of the score, no mark, no number of tiers, no pay.
# All of these are **assumptions** here, each with a range and a reason; every chart says how many it rests on.
# The providers are made up.
# What you can carry home is not a number but which way things move, and why.
#
# ## The scorecard
#
# A provider is judged by its own role's duties, and by its clients' GMV and content.
# The weights are ours; they are spread over what a role does at all, so that nobody loses points for a duty that is not its own:

# %% [markdown] lang="zh"
# 文章**没有**写的，列出来比这张表还长：评分公式、达标线、分几级、怎么付钱，一样都没写。
# 这些在这里都是**假设**，各有取值范围和理由，每张图下面都写着依据了几项。
# 服务商也是编出来的。
# 你能带回去用的不是某个数字，而是往哪个方向变、为什么变。
#
# ## 评分表
#
# 服务商按自己角色的职责来考核，再加上商家的 GMV 和商家满不满意。
# 权重是我们假设的，只摊在这个角色该做的事情上：不归它管的，不扣它的分。

# %%
parts = ["recruiting", "incubating", "gmv_part", "service_part"]
kit.table(provider_reviews.score_parts(partners), dict.fromkeys(parts, "share"))

# %% [markdown] lang="en"
# A score is written as a **standard score**: how many standard deviations it lies above the mean.
# In it are ability, **effort**, what dear goods flatter, and luck.
# A provider with few merchants in care (its **caseload**) has much luck in its score; how much of the differences is true is the score's **reliability**, here {{kit.number(assume.score_reliability, "share")}} at the usual caseload.
#
# Here is the card of one review: from each role the provider that most narrowly won a badge, kept one and lost one, and one that had to go.

# %% [markdown] lang="zh"
# 评分写成**标准分**：比平均高出几个标准差。
# 里面有能力，有**努力**，有品类客单价高带来的虚高，也有运气。
# **照看的商家数**少，评分里运气就多；评分的差距里有多少是真的，叫**可靠度**，按一般的客户数，这里取{{kit.number(assume.score_reliability, "share")}}。
#
# 下面是一次检查的成绩单：每个角色各挑几家，有刚好够线新挂牌的，有勉强保住的，有差一点被撤牌的，也有这次要退出的。

# %%
kit.table(provider_pay.review_card(partners, assume).round({"caseload": 0}))

# %% [markdown] lang="en"
# **What to see.**
# Compare, in any role, who *won* a badge with who *kept* one: to keep it, a score far lower is enough.
# Two marks are set on purpose, for with a single one chance alone would take {{kit.number(provider_reviews.lost_at_one_mark(partners, assume), "share")}} of the new badges at the next review.
# The price is that the badge says less: many who hold one would not win it today.
# Who falls below the lowest mark twice in a row must go.
#
# Now be the platform.
# Move the marks, the weights, the fewest clients, the months between reviews, and see whom the last review of the first year raises and whom it drops:

# %% [markdown] lang="zh"
# **看什么。**
# 随便挑一个角色，把“新挂牌”的和“保住牌子”的比一比：保牌的分数低得多也行。
# 两条线是有意分开的，要是只有一条，光凭运气，新挂的牌子下次检查就会撤掉{{kit.number(provider_reviews.lost_at_one_mark(partners, assume), "share")}}。
# 代价是牌子说明的东西变少了：不少挂着牌的，今天重新评并评不上。
# 连续两次低于最低线的，就得退出。
#
# 现在你来当平台。
# 动一动两条线、权重、考核最低商家数、检查间隔，看看头一年最后一次检查把谁提上来、把谁撤下去：

# %%
bars = ["providers.gain_bar", "providers.keep_bar", "providers.marks", "providers.review_months"]
card = ["providers.weight_gmv", "providers.caseload_floor", "providers.shrinkage"]
kit.tune(partners, assume, levers=bars + card, outcome=provider_pay.verdicts)

# %% [markdown] lang="en"
# Set one mark for both and look at who loses the badge; then judge by GMV alone.
# Scores shrunk to the mean treat a small provider with more caution: it wins and loses less by luck.
#
# ## The bar that works until it collapses
#
# Why would anybody make an effort for a badge?
# With pencil and paper: a badge is worth $w$ until the next review; effort $e$ costs $c\,e^2/2$; the bar lies $\tau$ above one's own ability, and luck in the score has a spread of $s$.
# The best effort solves
#
# > $w\,\phi\!\left(\frac{\tau-e}{s}\right)\frac{1}{s} = c\,e$
#
# On the left is what a little more effort adds to the chance, on the right what it costs.
# Where $w\,\phi(1)/s^2 \le c$ effort moves smoothly with the bar.
# Otherwise there are two hills, and past some bar the better one is to give up.
# Suppose now that a badge counts for much, at the top of our range, and commit to a guess:

# %% [markdown] lang="zh"
# 把两条线设成同一条，看看多少人被撤牌；再试试只看 GMV。
# 评分向平均值收缩，等于对小服务商更慎重：不容易靠运气挂上，也不容易因运气丢掉。
#
# ## 挂牌线：先管用，后失灵
#
# 为什么有人肯为一块牌子下功夫？
# 拿纸笔算：到下次检查，牌子值 $w$；努力 $e$ 的成本是 $c\,e^2/2$；挂牌线高出自己的能力 $\tau$，评分里运气的幅度是 $s$。
# 最划算的努力满足
#
# > $w\,\phi\!\left(\frac{\tau-e}{s}\right)\frac{1}{s} = c\,e$
#
# 左边是再多下一点功夫能多添的把握，右边是多花的成本。
# 如果 $w\,\phi(1)/s^2 \le c$，努力随着线平稳变化；否则就有两个“山头”，线过了某一点，干脆放弃反而更划算。
# 现在假设牌子很值钱，取我们范围的最上端，先写下你的猜测：

# %%
prized = assume.but({"assume.badge_effect": "50 %"})
levers = ["assume.effort_cost", "assume.badge_effect", "assume.score_reliability", "assume.provider_fee"]
effort = provider_reviews.effort_by_bar(partners, assume)
kit.tune(partners, prized, levers=levers, outcome=provider_reviews.effort_by_bar, predict="left")

# %% [markdown] lang="en"
# <details><summary><b>What surprised you?</b> (guess first, then unfold)</summary>
#
# The better the score measures (many clients, little luck), the harder the bar pulls, and the more suddenly it lets go.
# With much luck in it the bar pulls gently, and never breaks: even a weak provider has a chance, and even a strong one may not rest.
# With the badge worth as little as we assume for the rest of this lesson, {{effort.number("worth")}} a quarter, there is no jump at all, and not much effort either.
#
# </details>
#
# *One* bar stands at *different* distances from providers of different ability.
# So what does the whole class of them do?
# The simulator knows no formula for that: it lets each choose.

# %% [markdown] lang="zh"
# <details><summary><b>哪里出乎意料？</b>（先猜，再点开）</summary>
#
# 评分量得越准（客户多、运气少），线的拉力越大，断得也越突然。
# 运气成分大，线拉得轻，却永远不会断：弱的也有机会，强的也不敢松劲。
# 要是牌子只值本课后面假设的那么一点，一个季度{{effort.number("worth")}}，就不会突然断掉，不过大家也没多努力。
#
# </details>
#
# *同一条*线，离能力*不同*的服务商远近不一。
# 那么全体会怎样？
# 模拟器里没有这个公式，它让每一家自己选。

# %%
levers = ["assume.effort_cost", "assume.badge_effect", "assume.score_reliability"]
in_market = provider_pay.bar_in_market(partners, prized)
kit.tune(partners, prized, levers=levers, outcome=provider_pay.bar_in_market)

# %% [markdown] lang="en"
# Alone, a middling provider drops from {{in_market.number("alone_lowest")}} at the lowest bar to {{in_market.number("alone_highest")}} at the highest.
# The mean of all bends far less, from {{in_market.number("all_lowest")}} to {{in_market.number("all_highest")}}: each gives up at a bar of its own, and at a high one the best are just beginning.
# Yet of all providers {{in_market.number("stopped_highest")}} hardly try any more, against {{in_market.number("stopped_lowest")}} at the lowest bar.
# (Here pay follows sales, so some effort pays without a badge at all.)
# **A mean that falls gently hides people who stopped.**
#
# ## Up and down the ladder
#
# Tiers move one step at a time: up if the score reaches the mark for a badge, down if it falls below that for keeping one.
# If $u$ and $d$ are the chances of that at each review, the shares of two neighbouring tiers settle where as many go up as come down: $\pi_{k+1}/\pi_k = u/d$.
# Take a provider whose ability never changes and who makes no effort:

# %% [markdown] lang="zh"
# 单独一家中等服务商，线最低时努力{{in_market.number("alone_lowest")}}，线最高时只剩{{in_market.number("alone_highest")}}。
# 全体的平均却缓得多，只从{{in_market.number("all_lowest")}}降到{{in_market.number("all_highest")}}：每家放弃的地方不一样，线高的时候，最强的几家才刚开始使劲。
# 可是几乎不再努力的已经有{{in_market.number("stopped_highest")}}，线最低时才{{in_market.number("stopped_lowest")}}。
# （这里的报酬跟着销售走，没有牌子也值得下点功夫。）
# **平均数慢慢下滑，藏着的是已经停下来的人。**
#
# ## 升级和降级
#
# 等级一次动一级：分数够得上挂牌线就升，低于保牌线就降。
# 设每次检查升、降的机会是 $u$ 和 $d$，到最后，相邻两级之间升上去的和降下来的一样多：$\pi_{k+1}/\pi_k = u/d$。
# 来看一家能力从来不变、也不额外努力的服务商：

# %%
marks = ["providers.gain_bar", "providers.keep_bar", "providers.marks", "providers.tiers"]
levers = [*marks, "assume.score_reliability"]
tiers = provider_reviews.tiers_in_the_end(partners, assume)
kit.tune(partners, assume, levers=levers, outcome=provider_reviews.tiers_in_the_end, predict="strong_below")

# %% [markdown] lang="en"
# <details><summary><b>What to see</b> (guess first, then unfold)</summary>
#
# A strong provider is moved down for no fault of its own, and is found below the top {{tiers.number("strong_below")}} of the time.
# A middling one is in the top tier {{tiers.number("middling_top")}} of it.
# Before you write a rule that punishes one demotion, count how many of them are luck.
# More tiers tell providers apart better, and take longer to do so.
#
# </details>
#
# ## How much of the pay may hang on results?
#
# If a provider minds risk, every yuan that hangs on a noisy result must be paid for by more fixed pay.
# The best part $b$ to let follow results is $b = 1/(1 + r\,c\,s^2)$: the more it dislikes risk ($r$), the dearer effort is ($c$) and the more luck there is in what is measured ($s$), the less.

# %% [markdown] lang="zh"
# <details><summary><b>看什么</b>（先猜，再点开）</summary>
#
# 强的服务商没犯错也会被降级，有{{tiers.number("strong_below")}}的时候不在最高一级；中等的倒有{{tiers.number("middling_top")}}的时候在上面。
# 写下“一次降级就处罚”之前，先数一数其中多少是运气。
# 级数多，分得更细，分清楚也要更久。
#
# </details>
#
# ## 报酬里，多少可以按结果付？
#
# 服务商要是怕风险，报酬越是跟着一个不准的结果走，固定的部分就得越高，才留得住人。
# 最合适的按结果付的比例是 $b = 1/(1 + r\,c\,s^2)$：越怕风险（$r$），努力越费劲（$c$），量出来的运气越多（$s$），比例就越低。

# %%
weights = ["providers.weight_recruit", "providers.weight_gmv", "providers.weight_service"]
people = ["assume.provider_risk", "assume.provider_cash", "assume.effort_cost", "assume.score_reliability"]
contract = provider_reviews.pay_on_results(partners, assume)
kit.tune(partners, assume, levers=people + weights, outcome=provider_reviews.pay_on_results)

# %% [markdown] lang="en"
# With the few clients of the start, {{contract.number("at_start")}}; with the usual caseload, {{contract.number("at_usual")}}.
# Judged by one duty alone instead of several, luck is no longer averaged out, and less may hang on it.
# A beginner who is paid wholly by results carries a risk that it cannot influence.
#
# ## Three ways of paying: who earns what
#
# Now the simulator: {{kit.number(partners["providers.count"], "providers")}} who call on merchants, win and lose them, serve them well or badly, spend money and earn it.
# They may be paid **per head** (for each merchant who joins or is recruited), by a **share of GMV** of those in care, or **on the score**.
# The first and the last are paid by the platform, the share by the merchants, who therefore accept less readily.
# All three are set so that a *mean* provider with a *steady* caseload earns the same.
# What then differs is what the **way of paying** itself does.
# The first quarter, by role:

# %% [markdown] lang="zh"
# 按刚开始的客户数，是{{contract.number("at_start")}}；按一般的客户数，是{{contract.number("at_usual")}}。
# 只考核一项职责，运气就没法互相抵消，能按结果付的更少。
# 新手全靠结果拿钱，等于让他担一份自己左右不了的风险。
#
# ## 三种付酬方式：谁挣多少
#
# 现在打开模拟器：{{kit.number(partners["providers.count"], "providers")}}去拜访商家，有来的有走的，服务有好有坏，花钱也挣钱。
# 付酬可以**按人头**（每来一家商家、每拉来一家新商家），可以**按 GMV 分成**，也可以**按评分**。
# 按人头和按评分由平台出钱，分成由商家出钱，所以商家没那么愿意接受。
# 三种都定成这样：*平均*水平、客户数*不增不减*的服务商，挣得一样多。
# 剩下的差别，就是**付酬方式**本身带来的。
# 先看头一个季度，各个角色每月挣多少：

# %%
money = ["assume.provider_fee", "assume.score_pay", "assume.provider_calls", "assume.recruits_a_month"]
incomes = provider_pay.incomes(partners, assume)
kit.tune(partners, assume, levers=money, outcome=provider_pay.incomes)

# %% [markdown] lang="en"
# **What to see.**
# Per head, the start is golden: everything that is new counts, and those who also recruit sellers (**training providers** and **supply-chain providers**) count twice.
# On a share, a beginner waits: with its first clients it earns less than the {{incomes.number("cost")}} that it costs to be there.
# So who is left when the money that they brought is used up?

# %% [markdown] lang="zh"
# **看什么。**
# 按人头，开头最好过：凡是新来的都算钱，**培训服务商**和**供应链服务商**还有拉新的那一份。
# 按分成，新手就得熬：手里只有头一批客户，挣的还不够每月{{incomes.number("cost")}}的成本。
# 那么，带来的钱花完以后，还剩下谁？

# %%
costs = ["assume.provider_cash", "assume.provider_fixed_cost", "assume.client_loss"]
levers = ["assume.provider_fee", *costs, "providers.admission_bar"]
survivors = provider_pay.survivors(partners, assume)
kit.tune(partners, assume, levers=levers, outcome=provider_pay.survivors, predict="home_gmv_share")

# %% [markdown] lang="en"
# <details><summary><b>What surprised you?</b> (guess first, then unfold)</summary>
#
# Of the stronger half {{survivors.number("strong_gmv_share")}} are still there on a share of GMV, of the weaker half {{survivors.number("weak_gmv_share")}}: so far, that is what exit is for.
# But it also matters *whom you serve*: of those with clients in premium goods {{survivors.number("premium_gmv_share")}} are still there, of those with goods for the home {{survivors.number("home_gmv_share")}}, and the two are equally able on average.
# (A little of it shows per head too: GMV in the score flatters dear goods.)
# Pay on the score keeps nearly everybody, {{survivors.number("on_score")}}.
# Is that good news?
# Look at what each way of paying brought, and cost:
#
# </details>

# %% [markdown] lang="zh"
# <details><summary><b>哪里出乎意料？</b>（先猜，再点开）</summary>
#
# 按 GMV 分成，较强的一半还在{{survivors.number("strong_gmv_share")}}，较弱的一半只剩{{survivors.number("weak_gmv_share")}}：优胜劣汰，本来就该这样。
# 可是*你服务谁*同样要紧：照看精品消费商家的还在{{survivors.number("premium_gmv_share")}}，照看家居商家的只剩{{survivors.number("home_gmv_share")}}，而这两批人的平均能力不相上下。
# （按人头也看得出一点：评分里的 GMV 偏向贵货。）
# 按评分付，几乎人人都在，{{survivors.number("on_score")}}。
# 这算好消息吗？
# 看看每种方式各带来了什么，又花了多少：
#
# </details>

# %%
units = dict.fromkeys(["survivors", "badged", "precision", "net"], "share") | {"bill": "yuan"}
provider_pay.ledger(partners, assume).table(units)

# %% [markdown] lang="en"
# **No row wins every column.**
# Per head buys clients, and pays most: care is spread thin.
# A share costs least, and its clients grow no less; it loses the weaker and those with cheap goods.
# Pay on the score draws out by far the most effort, and nearly everybody gets a badge; so the badge, which says who scores well, no longer says who is *able*.
# (The marks are set beforehand and do not move.
# With marks by rank, effort would cancel out: everybody runs, and nobody gets ahead.)
# "Not just one policy": this is what it may mean.
#
# ## Whose growth is it?
#
# Every provider shows the growth of its clients.
# But merchants who grow anyway join more readily.
# Set beside other merchants, clients therefore look better than the care that they got: a **selection**.
# The panel starts from a share of GMV.

# %% [markdown] lang="zh"
# **没有哪一行样样第一。**
# 按人头，买来的是客户，花钱最多，可每家分到的照看薄了。
# 按分成最省钱，每家商家的效果也不差，可是较弱的和做便宜货的留不住。
# 按评分，下的功夫多得多，几乎家家有牌；牌子只说明谁评分高，不再说明谁*有本事*。
# （这里的线是事先定好、不会动的。
# 要是按名次定线，大家一起使劲，谁也超不过谁。）
# “不单单是一个政策”，说的可能就是这个。
#
# ## 增长算谁的？
#
# 每家服务商都会拿商家的增长当成绩。
# 可本来就在增长的商家更愿意加入，所以和别的商家一比，照看的商家总显得更好，这就是**选择偏差**。
# 扣掉它，剩下的才是**净增长**。
# 面板从按 GMV 分成开始。

# %%
levers = ["providers.pay", "assume.client_selection", "assume.client_growth_sd", "assume.provider_capacity"]
growth = provider_pay.growth(partners, assume)
chosen = provider_pay.growth(partners, assume.but({"assume.client_selection": 1}))
kit.tune(partners, assume, levers=levers, outcome=provider_pay.growth, predict="real")

# %% [markdown] lang="en"
# <details><summary><b>What surprised you?</b> (guess first, then unfold)</summary>
#
# Of a measured {{growth.number("measured")}}, {{growth.number("net")}} is **net growth**.
# Slide "growing merchants join" to nought: both bars are the same.
# To its top: only {{chosen.number("real")}} of what is shown is the provider's work.
# A platform that pays for *measured* growth pays providers to choose their clients, not to help them.
# What would tell the two apart: compare those who applied and got a place with those who applied and, by lot, did not.
#
# </details>
#
# ## What this lesson leaves out
#
# - Prices and terms of the providers' own: a real contract mixes all three ways of paying.
# - Cheating: heads who never sell, GMV that is bought, clients who are told what to say.
# - Other luck: every panel shows one run.
#   With other luck the shares who survive move by a few percentage points; which of the three ways keeps most does not change.
# - New providers: here nobody follows those who leave, so every path begins with the same firms.
# - **MCN** and **belt providers** live on hosts whom they bring up (**incubation**), for years; a year and a half sees little of it.
# - What carries the answers, and no source gives: the share that a provider is paid, its cash and costs, how readily growing merchants join.
#   Move the provider's share to its top in the panel on **survival** and the three ways of paying come close together; to its bottom, and nobody is left on any.
#   Which *category* loses hangs on prices that are assumed too.
#
# ## Exercises
#
# The sheet `ex07.ipynb`, in the same folder, asks {{len(kit.progress().rows["ex07"])}} questions, most with numbers of your own, and checks the answers.
# With pencil and panel:
#
# 1. Write the scorecard of your own firm: duties, weights, fewest clients.
#    For whom is it noisy?
# 2. Find the settings at which the bar has no jump for anybody.
#    What do you pay for that?
# 3. Choose marks so that a strong provider is below the top tier at most one time in twenty.
#    How many badges are then given?
# 4. Mix two ways of paying on paper, so that beginners in goods for the home survive and care is not spread thin.
# 5. Write the sentence with which you would show a provider's growth to the platform honestly.
#
# ## Summary
#
# **A bar pulls those just below it, and lets go all at once where the score measures well.**
# **Tiers sort by luck as well as by ability: count it before you punish.**
# **Every way of paying makes its own survivors**: per head the quick, a share those with dear goods, the score those who play for it.
# **Growth shown is not growth made.**

# %% [markdown] lang="zh"
# <details><summary><b>哪里出乎意料？</b>（先猜，再点开）</summary>
#
# 看到的{{growth.number("measured")}}里，净增长只有{{growth.number("net")}}。
# 把“增长快的商家更愿加入”拖到零，两根条一样长；拖到最高，看到的增长里只有{{chosen.number("real")}}是服务商的功劳。
# 平台要是按*看到的*增长付钱，就等于花钱请服务商挑客户，而不是帮客户。
# 怎样才分得开：从报名的商家里抽签，抽中的进来，没抽中的拿来对照。
#
# </details>
#
# ## 这一课没有算进去的
#
# - 服务商自己的定价和合同：真实的合同往往三种方式混着用。
# - 作弊：只来报到、从不开播的人头，花钱刷出来的 GMV，教商家怎么打分。
# - 另一种运气：每个面板只跑了一次。
#   换一种运气，还在的比例会差几个百分点，但三种方式谁留得多、谁留得少不变。
# - 新来的服务商：这里走了的没人补上，每次都从同一批开始。
# - **MCN** 和**产业带服务商**靠**孵化**主播吃饭，要好几年；一年半还看不出多少。
# - 决定答案、又没有来源的假设：服务商分多少、手里有多少现金、成本多高、增长快的商家有多愿意加入。
#   在**存活**那个面板里，把服务商的分成拖到最高，三种方式就差不多；拖到最低，哪种方式都一家不剩。
#   哪个*品类*吃亏，也要看假设的客单价。
#
# ## 练习
#
# 同一个文件夹里的练习 `ex07.ipynb` 有{{len(kit.progress().rows["ex07"])}}道题，多数题的数字是你自己的，答完就能检查。
# 下面几道用纸笔和面板来做：
#
# 1. 给自己的公司写一张评分表：职责、权重、最低商家数。
#    对谁来说，这张表最不准？
# 2. 找出一组设置，让谁都不会突然放弃。
#    这样做的代价是什么？
# 3. 调两条线，让强的服务商二十次里最多有一次不在最高一级。
#    这时要发出多少牌子？
# 4. 在纸上把两种付酬方式合起来，让做家居的新手活得下来，照看又不至于太薄。
# 5. 写一句话，老老实实地向平台说明你的商家增长了多少。
#
# ## 小结
#
# **挂牌线只拉得动离线不远的人，评分越准，断得越突然。**
# **等级分出的是能力，也是运气：处罚之前先数一数。**
# **每种付酬方式留下自己的一批人**：按人头留下手快的，按分成留下做贵货的，按评分留下会拿分的。
# **看到的增长，不等于做出来的增长。**
