# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   lesson:
#     id: my_shop
#     number: "20"
#     title:
#       en: "My shop: my own orders in, a plan out"
#       zh: "我的店：放进订单，拿走方案"
#     objectives:
#       - en: Read one's own export of orders and see which lines were not used, and why
#         zh: 读入自己店里导出的订单，看清哪些行没用上、为什么
#       - en: Say which programme adds most to one's own profit, and on what the answer turns
#         zh: 说清哪个项目最能增加自己的利润，答案又取决于什么
#     prerequisites: [fan_xing]
#     minutes_read: 10
#     minutes_do: 20
#     terms: []
#     numbers: [A35, A40, A73, A86, standard_fee]
#     exercises: []
#     tracks: [merchant]
#     takeaways:
#       - en: Look at the lines that were not used before you trust a total
#         zh: 先看没用上的行，再相信合计
#       - en: A programme is worth what is left after what would have happened anyway
#         zh: 一个项目值多少，要扣掉本来就会有的那部分
# ---

# %% [markdown] lang="en"
# # My shop: my own orders in, a plan out
#
# *I have an export of my orders.
# Which of the programmes should I join, and what would I have to believe?*
#
# Choose your file below: CSV or Excel, as your shop's back office exports it.
# Your columns are recognised and can be changed; every line that was not used is listed with its reason.
# Nothing leaves your machine.

# %% [markdown] lang="zh"
# # 我的店：放进订单，拿走方案
#
# *我手里有一份店铺导出的订单。
# 这些项目该参加哪个？
# 要相信什么，答案才成立？*
#
# 在下面选择文件：CSV 或 Excel 都行，后台怎么导出就怎么放进来。
# 各列会自动认出，也可以改；没用上的行会逐行列出原因。
# 数据不会离开你的电脑。

# %%
import kit
from kit.shop import offers

kit.language("en")
kit.my_orders()

# %% [markdown] lang="en"
# ## The plan of a sample shop
#
# So that there is something to see before you choose a file: an invented jade shop (made, not data).
# First what each programme changes in its profit, each alone.

# %% [markdown] lang="zh"
# ## 一家样例店的方案
#
# 还没选文件的时候，先看一家虚构的玉石小店（数字是造出来的，不是真实数据）。
# 先看各个项目单独参加时，利润怎么变。

# %%
plan = kit.plan_sample()
plan.table.chart()

# %% [markdown] lang="en"
# ## The plan in words
#
# The same plan as it is saved: first the answer and the one number that it turns on first, then what the orders show, where each programme breaks even, and every line that was not used, with its reason.

# %% [markdown] lang="zh"
# ## 用文字写的方案
#
# 保存下来的也是这些内容：先是答案，以及答案最先取决于哪一个数；然后是订单说明了什么、各项目在哪里打平，最后是没用上的每一行和原因。

# %%
kit.summary(plan)

# %% [markdown] lang="en"
# ## What the answer turns on
#
# The picture moves one assumption at a time to the ends of its range.
# The table names, for each programme, the one that matters most, and says whether any of them alone turns a gain into a loss.

# %% [markdown] lang="zh"
# ## 答案取决于什么
#
# 下图把假设逐项推到区间两端。
# 表里列出每个项目最取决于哪一项，以及会不会因为某一项就由赚变亏。

# %%
kit.draw("by_assumption", plan.weighed())

# %%
kit.table(plan.sensitivity(), dict.fromkeys(["gain", "low", "high"], "yuan"))

# %% [markdown] lang="en"
# ## Decide for yourself
#
# Move your own decisions: the discount, the deals for newcomers, the commission.
# A discount pays only where the margin bears it; most of its buyers would have come anyway.

# %% [markdown] lang="zh"
# ## 自己来定
#
# 动一动由你决定的几项：优惠力度、新人特价、佣金。
# 毛利撑得住，优惠才划算；用券的人多半本来就会买。

# %%
levers = ["offer.discount", "offer.deals", "offer.commission", "assume.price_elasticity", "assume.standard_fee"]
subjects = (plan.policy, plan.shop, plan.offer, plan.assume)
kit.tune(*subjects, levers=levers, outcome=offers.offers)

# %% [markdown] lang="en"
# ## What this leaves out
#
# Each programme stands alone; growth, luck and rivals' answers are left out; a festival is reckoned at your usual price.
# The same plan comes from the command line: `renhuochang plan orders.csv --lang en -o plan.xlsx`.

# %% [markdown] lang="zh"
# ## 这里没有算进去的
#
# 每个项目都是单独算的；没有增长、运气和对手的反应；购物狂欢节按平时的价格算。
# 命令行也能得到同样的方案：`renhuochang plan orders.csv --lang zh -o plan.xlsx`。

# %%
kit.table(kit.sourced.provenance(plan.table))
