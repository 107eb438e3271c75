# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   lesson:
#     id: policy_lab
#     number: "10"
#     title:
#       en: "Policy lab: does brute force work miracles?"
#       zh: "政策实验室：大力出奇迹吗？"
#     objectives:
#       - en: Tell the gross effect of a policy from its net effect, and say what lies between them
#         zh: 分清政策的毛效果和净效果，说出差在哪里
#       - en: Run an autumn of your own with all levers, and compare up to four side by side
#         zh: 用全部参数跑一个自己的秋天，最多把四个方案并排比较
#       - en: Read a dose-response, with a rival that answers
#         zh: 看懂“预算加倍，效果加多少”，也看对手跟进的情形
#       - en: Name who gains, who pays, and which assumption turns the sign
#         zh: 说出谁得益、谁买单，以及哪项假设能让正负反过来
#     prerequisites: [people_goods_venue]
#     minutes_read: 20
#     minutes_do: 25
#     terms: [gmv, subsidy, gross_effect, net_effect, counterfactual_twin, infra_marginal, pull_forward, rival, assumption, lever]
#     numbers: [A38, A74, A82, A83, A84, A86, ten_billion.depth, ten_billion.daily_budget, ten_billion.newcomer_quota, festival.red_packets, rival_lift]
#     exercises: []
#     tracks: [provider, researcher]
#     takeaways:
#       - en: A gross figure grows with the money spent; it says nothing about what would have come anyway
#         zh: 毛效果跟着花的钱涨，但说明不了哪些订单本来就会有
#       - en: Ask for the net over a span that holds the days after the party
#         zh: 要看净效果，还要把热闹过后的日子也算进去
#       - en: Before you double a budget, ask what the rival does then
#         zh: 预算翻倍之前，先想想对手会怎么跟
# ---

# %% [markdown] lang="en"
# # Policy lab: does brute force work miracles?
#
# *It is September.
# A platform announces seven programmes at once: subsidies, a festival, plans for newcomers and providers, belts, an alliance, traffic.
# Should it spend this much, less, or four times as much?
# Run the autumn of 2020 your way.*
#
# The title of the article asks whether brute force works miracles (大力出奇迹).
# In this lesson you first guess what one programme does, then what all do together, then what more money would do, and in between you have a laboratory with every lever of every programme.
# Everything is set against the same market without policy (the *counterfactual twin*): same people, same days, same luck.
# It is no forecast of a real firm.
#
# Press **Run → Run All Cells** first: two markets are run for each of the pictures, and the first time that takes up to a minute.
# As long as the circle at the top right is filled, it is still reckoning.
# Then scroll back up to here.
# You need not read the code.

# %% [markdown] lang="zh"
# # 政策实验室：大力出奇迹吗？
#
# *九月，平台一口气公布七项政策：补贴、购物节、扶持新商家、扶持服务商、产业带、好物联盟、流量扶持。
# 钱该照这样花、少花一点，还是花上好几倍？
# 2020 年的秋天，由你来安排。*
#
# 文章的标题问的就是：大力出奇迹吗？
# 这一课先猜一项政策的效果，再猜全部政策一起的效果，最后看加钱有没有用；中间是一间实验室，每项政策的每个参数都在里面。
# 所有结果都和没有政策的同一个市场比（*反事实对照*）：同样的人、同样的日子、同样的运气。
# 这不是对真实公司的预测。
#
# 请先点菜单**运行 → 运行所有单元格**：每张图都要把两个市场各跑一遍，头一次要等半分钟到一分钟。
# 右上角的圆圈是实心，就还在算；变成空心，再翻回到这里。
# 不用看代码。

# %%
import kit
from kit.analysis import sensitivity
from kit.outcomes import policy_effects, scenario_comparison
from kit.outcomes.autumn import by_programme

kit.language("en")
autumn, subsidy = kit.policy("announced_autumn"), kit.policy("ten_billion")
assume = kit.assumptions()

# %% [markdown] lang="en"
# ## What was announced, and what was not
#
# The article gives the days, the pool for the cards, the credit of a new shop and the one-yuan price.
# It does **not** say how deep the ten-billion subsidy goes, what it spends a day, or how large the red packets are.
# Those are **assumptions**, and so is how hard the rival strikes back.

# %% [markdown] lang="zh"
# ## 公布了什么，没公布什么
#
# 文章写明了日期、集卡奖金池、新店的粉条和一元的新人价，却**没有**写百亿补贴补多深、每天花多少、红包一共发多少。
# 这些只能算**假设**；对手反击有多狠，也是假设。

# %%
budgets = ["ten_billion.depth", "ten_billion.daily_budget", "ten_billion.newcomer_quota", "festival.red_packets"]
kit.table(kit.sourced.table("A82", "A83", "A84", "A86", "A74", "A38", *budgets, "rival_lift"))

# %% [markdown] lang="en"
# ## One programme with a pencil
#
# Take the subsidy alone.
# A discount $d$ multiplies the appeal of goods here by $e^{\eta d}$; of all occasions to buy, a share $S$ ends here.
# Then orders grow by the factor $e^{\eta d}/(1 - S + S e^{\eta d})$, and the rest of the subsidised orders are *infra-marginal*: they would have come anyway.
# With a discount of {{kit.number(subsidy["ten_billion.depth"], "share")}} and our assumptions that is {{kit.number(scenario_comparison.infra_marginal_share(subsidy["ten_billion.depth"], assume), "share")}} of them.
#
# The pencil forgets one thing: who buys today needs less tomorrow (*pull-forward*).
# What is left over the whole autumn?
# Commit to a guess.

# %% [markdown] lang="zh"
# ## 先用纸笔算一项政策
#
# 先看补贴。
# 价格让掉 $d$，站内商品的吸引力变成原来的 $e^{\eta d}$ 倍；所有购物需求里，有 $S$ 在站内成交。
# 这样一来，订单变成原来的 $e^{\eta d}/(1 - S + S e^{\eta d})$ 倍，多出来的才是补贴带来的；拿到补贴的其余订单本来就会有，经济学叫*边际内*。
# 按{{kit.number(subsidy["ten_billion.depth"], "share")}}的补贴力度和我们的假设，这样的订单占{{kit.number(scenario_comparison.infra_marginal_share(subsidy["ten_billion.depth"], assume), "share")}}。
#
# 这样算漏了一件事：今天买了，明天就不用再买，需求被*提前透支*了。
# 整个秋天算下来还剩多少？
# 先写下你的猜测。

# %%
levers = ["ten_billion.depth", "ten_billion.daily_budget", "ten_billion.newcomer_quota"]
gain = policy_effects.gross_and_net(subsidy, assume)
deals = policy_effects.gross_and_net(subsidy.but({"ten_billion.daily_budget": 0}), assume)
discount = policy_effects.gross_and_net(subsidy.but({"ten_billion.newcomer_quota": 0}), assume)
kit.tune(subsidy, assume, levers=levers, outcome=policy_effects.gross_and_net, predict="net")

# %% [markdown] lang="en"
# <details><summary><b>What surprised you?</b> (guess first, then unfold)</summary>
#
# {{gain.number("gross")}} are sold with a subsidy, the *gross effect*, and that is what a press release counts.
# The *net effect*, against the same market without it, is {{gain.number("net")}}, for {{gain.number("subsidy_more")}} of the platform's money: {{kit.number(*policy_effects.full_effect(subsidy, assume)["infra_marginal"])}} of the subsidised orders would have come anyway, sooner or later.
# What it does buy are new buyers, and nearly all of them through the one-yuan deals, at {{deals.number("cost_per_buyer")}} each; through the discount alone one costs {{discount.number("cost_per_buyer")}}.
# Whether they are worth it depends on how many stay.
#
# </details>
#
# ## The laboratory
#
# Now all seven together.
# Guess once more; then the laboratory opens.
# Choose a programme in the row of buttons, tick whether it is in force, and move its levers; the last button holds the five assumptions that no source settles.
# **Keep this one** puts the setting into a column; four can stand side by side.
# **Which assumption turns the sign?** asks the question to which every answer here is owed.
# A saved scenario is a small file that others can load.

# %% [markdown] lang="zh"
# <details><summary><b>哪里出乎意料？</b>（先猜，再点开）</summary>
#
# 有补贴的成交是毛效果：{{gain.number("gross")}}，战报上写的就是它。
# 净效果是和没有补贴的同一个市场比，只有{{gain.number("net")}}，平台却花了{{gain.number("subsidy_more")}}：{{kit.number(*policy_effects.full_effect(subsidy, assume)["infra_marginal"])}}的补贴订单迟早都会有。
# 真正买到的是新买家，几乎全靠一元购，每位{{deals.number("cost_per_buyer")}}；只靠打折，拉来一位要{{discount.number("cost_per_buyer")}}。
# 值不值，要看能留下多少人。
#
# </details>
#
# ## 实验室
#
# 现在七项一起上。
# 再猜一次，实验室就打开。
# 在那排按钮里选一项政策，勾选是否实施，再拖动它的参数；最后一个按钮里是五项关键假设，没有来源能定下来。
# **保留这个方案**会把当前设置放进一列，最多四列并排。
# **哪项假设能让净效果的正负反过来？**
# 这一问，实验室里的每个答案都躲不开。
# 方案可以存成一个小文件，别人也能读取。

# %%
kit.policy_lab(autumn, assume, predict="more_per_subsidised")

# %% [markdown] lang="en"
# Three things to try.
# Take the programmes out one by one: which one does the net lose nothing without?
# Set the subsidy's budget to nought and keep the festival.
# And keep the announced autumn as A, then look for a B with a larger net for less money.
#
# ## Each alone, and all together

# %% [markdown] lang="zh"
# 试三件事。
# 把政策一项一项去掉：去掉哪一项，净效果一点不少？
# 把补贴预算调到零，只留购物节。
# 再把公布的方案保留为 A，找一个花钱更少、净效果更大的 B。
#
# ## 单独实施，和一起实施

# %%
alone = by_programme(autumn, assume)
alone.chart()

# %% [markdown] lang="en"
# What two programmes do is not the sum of both: they draw on the same needs, the same buyers, the same exposure.
# Alone the nets add up to {{alone.number("sum")}}; together they bring {{alone.number("net")}}, {{alone.number("kept")}} of what they look like.
# The floor for newcomers moves exposure to rooms that sell less with it, so that it costs sales; it was not meant to make sales, but to let the small live.
#
# These are figures of a small market, in which a thousand merchants stand for a million.
# With ten times as many the net is {{kit.number(*policy_effects.run_with_counterfactual(autumn, assume, 10_000).effect["net"])}}.
#
# ## More money
#
# Now brute force: all that is money (the subsidy's daily budget, deals for newcomers, credits, red packets, the cards' pool, prizes) at nought, half, once, twice and four times what was announced.
# How deep the discount is, the days and the show stay.
# And since a *rival platform* does not look on, a second line lets it answer in kind on the festival's days (where less is spent here, it spends less too; its strength goes no further than the range that we give it).

# %% [markdown] lang="zh"
# 两项政策一起的效果，不等于各自效果之和：它们用的是同一批需求、同一批买家、同一份曝光。
# 单独实施的净效果加起来是{{alone.number("sum")}}，一起实施是{{alone.number("net")}}，只有毛效果的{{alone.number("kept")}}。
# 给新店的流量保底，把曝光挪给了卖得少的直播间，总销售反而少了；不过它的本意不是多卖，是让小商家活下来。
#
# 这里用一千家商家代表一百万家。
# 换成一万家来代表，净效果是{{kit.number(*policy_effects.run_with_counterfactual(autumn, assume, 10_000).effect["net"])}}。
#
# ## 加钱
#
# 现在来看“大力”：凡是花钱的（补贴每日预算、新人名额、粉条、红包、集卡奖金池、奖励），分别花公布数额的零倍、一半、一倍、两倍、四倍。
# 补贴力度、日期、热闹的场面都不变。
# *对手平台*不会袖手旁观，所以另有一条线，让它在购物节那些天同样加码（我们花得少，它也跟着少花；它的力度最多加到我们给它的区间上限）。

# %%
more = scenario_comparison.dose_response(autumn, assume)
more.chart()

# %%
by_dose = more.pivot(index="dose", columns="measure", values="effect").add_prefix("dosed_").reset_index()
yuan = dict.fromkeys(["dosed_spent", "dosed_gross", "dosed_net", "dosed_answered"], "yuan")
kit.table(by_dose[["dose", *yuan]], {"dose": "times"} | yuan)

# %% [markdown] lang="en"
# **Does brute force work miracles?**
# It works headlines.
# From next to no money (all that is left is the alliance's cover for no-shows) to {{more.number("most_dose")}} the announced, gross goes from {{more.number("gross_least")}} to {{more.number("gross_most")}}, for {{more.number("spent_most")}} of subsidies.
# Net starts at {{more.number("net_least")}} there, for a festival needs no subsidy to be one; it is {{more.number("net")}} as announced and {{more.number("net_most")}} at {{more.number("most_dose")}} that.
# Orders do go on growing, but GMV counts them at the lower price, of which brands bear a part, and one-yuan deals use up needs that would have been bought at full price.
# If the rival answers in kind, {{more.number("answered_most")}} are left.
#
# ## Who gains, and who pays

# %% [markdown] lang="zh"
# **大力出奇迹吗？**
# 出的是战报。
# 从几乎不花钱（只剩联盟的爽约垫付）到公布的{{more.number("most_dose")}}，毛效果从{{more.number("gross_least")}}涨到{{more.number("gross_most")}}，补贴花掉{{more.number("spent_most")}}。
# 净效果呢，几乎不花钱时是{{more.number("net_least")}}，因为购物节不靠补贴也是购物节；照公布的花是{{more.number("net")}}，加到{{more.number("most_dose")}}是{{more.number("net_most")}}。
# 订单其实一直在涨，可GMV按让价之后的价格算（让出的价有一部分由品牌自己承担），一元购又用掉了本来会按正价买的需求。
# 对手要是同样加码，就只剩{{more.number("answered_most")}}。
#
# ## 谁得益，谁买单

# %%
policy_effects.who_gains(autumn, assume).chart()

# %%
policy_effects.four_lines(autumn, assume).chart()

# %% [markdown] lang="en"
# Buyers get what the platform pays; newcomers get most of what merchants earn more.
# The platform's cash has not come back by the end of January: what it buys are buyers and shops, and what those are worth later is not in the account.
#
# ## What the sign hangs on
#
# Five assumptions rule most answers of this course and no source settles them.
# One at a time through its range, with all seven programmes in force:

# %% [markdown] lang="zh"
# 平台花的钱到了买家手里；商家多赚的，大半归了新商家。
# 到一月底平台的现金还没有回本：它买到的是买家和商家，他们以后值多少，不在这本账里。
#
# ## 正负取决于什么
#
# 五项关键假设左右着这门课的大多数答案，没有来源能定下来。
# 七项政策全部实施，每次只动一项假设，从区间的一头调到另一头：

# %%
signs = sensitivity.tipping_points(policy_effects.gross_and_net, autumn, assume, result="net")
funded = policy_effects.gross_and_net(autumn, assume.but({"assume.brand_funding": 1}))
liked = policy_effects.gross_and_net(autumn, assume.but({"assume.newcomer_appeal": 2}))
signs.chart()

# %% [markdown] lang="en"
# The net reaches from {{signs.number("least")}} to {{signs.number("most")}}.
# Much hangs on *impulse*: if purchases use up needs, a festival lives on the days after it; if they do not, it makes sales out of nothing.
# And on how readily buyers respond to price.
# Whoever quotes one number for the effect of such an autumn has settled these five in silence.
#
# Nor are they all.
# Two outside the five move this autumn even further: if brands bore the whole of the discount, the net would be {{funded.number("net")}}; if newcomers' goods appealed as much as the range allows, {{liked.number("net")}}.
# `renhuochang autumn -o page.html` moves every one of them.
#
# ## What this lesson leaves out
#
# - The rival answers on the festival's days alone, and in one way.
#   A rival that cuts prices for good would leave less.
# - Money has no other use here.
#   What else the same sum could have bought is not asked.
# - Buyers' delight, what the rival loses, and all that comes after January are in no line of the account.
# - One assumption at a time says nothing about two that move together.
#
# ## Exercises
#
# 1. Find a setting whose net is at least that of the announced autumn, for at most half of its subsidies.
#    Which lever did most?
# 2. Leave only the traffic resources in force.
#    Newcomers love them; who pays?
#    Look at *who gains, who pays*, then at survival in the table of scenarios.
# 3. Move the festival's first day two weeks earlier, all days with it.
#    Why does the net change, though nothing else did?
# 4. Set impulse purchases to nought and repeat the first exercise.
#    Is your setting still the better one?
# 5. Send your scenario file to somebody else and let them ask which assumption turns its sign.
#    What would you have to know to settle it?
#
# ## Summary
#
# **Gross grows with the money, net hardly does.**
# Most subsidised orders would have come anyway, and needs served today are missing tomorrow.
# **Programmes share** buyers, needs and exposure.
# **A rival that answers** takes the more, the more is spent; at four times the money nearly all.
# **Ask for the net, over the days after the party, against a twin**, and for the assumption that would turn its sign.

# %% [markdown] lang="zh"
# 净效果从{{signs.number("least")}}到{{signs.number("most")}}。
# 最要紧的是*冲动购买*：如果买东西会用掉需求，购物节就是靠后面的日子养着；如果不会，它就是凭空多卖。
# 其次是买家对价格有多敏感。
# 谁要是只报一个数字，说这样一个秋天效果如何，就等于悄悄替这五项假设拍了板。
#
# 还不止这五项。
# 五项之外还有两项，对这个秋天影响更大：折扣要是全由品牌承担，净效果就是{{funded.number("net")}}；新商家的货要是像区间上限那么讨人喜欢，就是{{liked.number("net")}}。
# `renhuochang autumn -o page.html`会把每一项都试一遍。
#
# ## 这一课没有算进去的
#
# - 对手只在购物节那些天反应，而且只有一种办法。
#   要是对手长期降价，剩下的更少。
# - 这笔钱没有别的用处。
#   同样的钱拿去做别的能换来什么，这里没有问。
# - 买家的满意、对手的损失、一月以后的事，都不在账里。
# - 每次只动一项假设，说明不了两项一起动会怎样。
#
# ## 练习
#
# 1. 找一个方案：净效果不低于公布的秋天，补贴最多花它的一半。
#    哪个参数作用最大？
# 2. 只实施流量扶持。
#    新商家都喜欢它，谁买单？
#    先看“谁得益、谁买单”，再看方案表里新商家留下来的比例。
# 3. 把购物节整体提前两个星期，各个日子一起改。
#    别的都没动，净效果为什么变了？
# 4. 把冲动购买调到零，再做第一题。
#    你的方案还是更好的那个吗？
# 5. 把你的方案文件发给别人，请他查一查哪项假设能让正负反过来。
#    要知道什么，才能把这项假设定下来？
#
# ## 小结
#
# **毛效果跟着钱涨，净效果几乎不动。**
# 补贴到的订单大多本来就会有；今天满足的需求，明天就少了。
# **各项政策共用**同一批买家、需求和曝光。
# **对手一跟进**，我们花得越多，它拿走的越多，四倍预算时几乎不剩。
# **要看净效果，要算上热闹过后的日子，要和反事实对照比**，还要问哪项假设能让它的正负反过来。
