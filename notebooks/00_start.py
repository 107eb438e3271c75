# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   lesson:
#     id: start
#     number: "00"
#     title:
#       en: "Start here: how do I use this?"
#       zh: "从这里开始：这门课怎么用？"
#     objectives:
#       - en: Run a lesson, guess before looking, move a panel, compare two settings and save one
#         zh: 会运行一课、先猜再看、调面板、对比两种设置、保存方案
#       - en: Tell a fact from a public figure, a derived number and an assumption, and find the source of each
#         zh: 分得清事实、公开数据、推算的数和假设，每个数都查得到出处
#       - en: Read from a picture which figures carry a result
#         zh: 看图说出一个结果主要靠哪几个数字撑着
#     prerequisites: []
#     minutes_read: 8
#     minutes_do: 7
#     terms: [fact, public_figure, derived_number, assumption, lever, gmv, settled_sales, gross_margin, technical_fee, return_rate, average_order_value, closed_form, tornado]
#     numbers: [A01, A04, A05, AD3, U05, U18, order_value, merchant_margin, standard_fee]
#     exercises: []
#     tracks: [merchant, provider, researcher]
#     takeaways:
#       - en: Guess first; a panel answers only after you have committed
#         zh: 先猜再看：写下猜测，面板才给答案
#       - en: Every number is a fact, a public figure, derived from these, or an assumption, and says which
#         zh: 每个数要么是事实、公开数据，要么由它们推算，要么是假设，而且都标明了
#       - en: Before you trust a result, ask which figures carry it
#         zh: 相信一个结果之前，先问它靠哪几个数字撑着
# ---

# %% [markdown] lang="en"
# # Start here: how do I use this?
#
# *I have an hour and a question about a platform's policy.
# What do I press, what may I believe, and where do I go from here?*
#
# This is a laboratory, not a textbook: you set the terms, and the numbers answer.
# First press **Run → Run All Cells** in the menu, wait until the page has come to rest, and scroll back up to here.
# The code is folded away; nothing in this lesson asks you to write any.

# %% [markdown] lang="zh"
# # 从这里开始：这门课怎么用？
#
# *我有一个小时，还有一个关于平台政策的问题。
# 先按哪里？
# 哪些数能信？
# 接下来学哪一课？*
#
# 这里是实验室，不是教科书：条件由你来定，结果让数字说话。
# 请先点菜单**运行 → 运行所有单元格**，等页面不再跳动，再翻回到这里。
# 代码都折叠起来了，这一课不用写代码。

# %%
import kit
from kit.analysis import sensitivity
from kit.outcomes import august

kit.language("en")
assume = kit.assumptions()
month = august.merchant_month(assume)

# %% [markdown] lang="en"
# ## A first panel
#
# In August 2020 Kuaishou counted more than {{kit.fact("A01")}}, and more than {{kit.fact("A05")}} were active on it.
# So what does a month bring to *the mean merchant*, and what is left of it?
# With pencil and paper: orders times order value is the *GMV*; what is sent back comes off; of the rest (*settled sales*) the goods cost their part, the platform takes its fee, and each parcel that came back cost something too.
#
# The panel is closed until you have written down a guess.
# Type a number and press Enter; being wrong is free.

# %% [markdown] lang="zh"
# ## 第一个面板
#
# 2020 年 8 月，快手电商的订单超过{{kit.fact("A01")}}，活跃商家超过{{kit.fact("A05")}}。
# 那么*平均*一家商家一个月能做多少生意，最后剩下多少？
# 拿纸笔就能算：订单数乘客单价是 *GMV*；减去退货，剩下的叫*结算销售额*；再扣货品成本，扣平台的技术服务费，退回来的每一件还要花钱处理。
#
# 写下猜测之前，面板是锁着的。
# 填一个数，按回车就行；猜错不扣分。

# %%
levers = ["assume.order_value", "assume.merchant_margin", "assume.standard_fee", "assume.return_apparel"]
kit.tune(assume, levers=levers, outcome=august.merchant_month, predict="per_day")

# %% [markdown] lang="en"
# <details><summary><b>What to see</b> (guess first, then unfold)</summary>
#
# {{month.number("per_day")}} a day sounds like little.
# It makes {{month.number("gmv")}} of GMV a month, and GMV is not income: {{month.number("left")}} are left, {{month.number("left_per_order")}} of each order, and wages, promotion and commission are not yet paid.
#
# </details>
#
# Now touch everything once:
#
# - **Slider.**
#   Drag the gross margin.
#   Picture and numbers follow your hand.
# - **Field.**
#   Click the number beside a slider and type it the way you write it: `45`, `45 %`, `0.45`.
#   What lies outside the range is refused in words, and nothing moves.
# - **Keep as A, compare with B.**
#   Press it, then move a slider: the pale bars are what you kept.
# - **Scenarios.**
#   Unfold them, type a name, save.
#   The file lies in the folder `scenarios` beside this page; it holds only what you moved, and any panel with the same settings can load it.
# - **Reset** takes all settings back to the start.
#   You cannot break anything.
# - **Behind the numbers.**
#   Unfold the two lines under the table: each figure that the panel uses, with its value and its source.
#
# The same lesson in Chinese lies in the folder `zh`, the English one in `en`: the same panels and the same numbers.

# %% [markdown] lang="zh"
# <details><summary><b>看什么</b>（先猜，再点开）</summary>
#
# 一天{{month.number("per_day")}}听上去不多，一个月的 GMV 却有{{month.number("gmv")}}。
# 可 GMV 不是收入：最后只剩{{month.number("left")}}，摊到每一单是{{month.number("left_per_order")}}，人工、推广、佣金还都没付。
#
# </details>
#
# 现在把每样东西都动一动：
#
# - **滑块**：拖一拖毛利率，图和数字跟着手走。
# - **数字框**：点滑块旁边的数字，平时怎么写就怎么填，`45`、`45 %`、`0.45` 都认得。
#   超出范围的，面板会说明原因，设置不变。
# - **存为 A，与 B 对比**：先按一下，再拖滑块，浅色的就是刚才存下的那一种。
# - **方案**：展开，起个名字，保存。
#   文件就在本页旁边的 `scenarios` 文件夹里，只记你动过的参数；凡是有这些参数的面板，都能读取。
# - **还原**：一键回到开头的设置。
#   放心动手，弄不坏。
# - **数字的来历**：表格下面有两行可以展开，面板用到的每个数字、数值和出处都在里面。
#
# 同一课的英文版在 `en` 文件夹里，中文版在 `zh` 文件夹里：面板一样，数字也一样。

# %% [markdown] lang="en"
# ## What may I believe?
#
# Four kinds of number occur in this course, and each says which it is:
#
# - a **fact** stands in the article of September 2020 on which the course is built, with a few of its own words.
#   "More than" is the company's own wording: such a figure is a *lower bound*;
# - a **public figure** was seen elsewhere, with its address; some are good, some are weak, and the lessons say so;
# - a **derived number** is arithmetic on others, and its formula stands beside it: {{kit.fact("AD3")}} a merchant and month are one fact over another.
#   It is as good as the weakest number in it;
# - an **assumption** is our judgement, because no source gives the number.
#   It has a range, and the panels let you move it.
#   The foot of each chart counts how many it rests on.

# %% [markdown] lang="zh"
# ## 哪些数能信？
#
# 这门课里有四种数，每个数都标明自己是哪一种：
#
# - **事实**：写在 2020 年 9 月那篇文章里，课程就以它为底，附几个字的原文。
#   公司说“超过”，那就只是*下限*；
# - **公开数据**：别处查到的，附网址；有的可靠，有的较弱，课里会说明；
# - **推算**：拿别的数算出来的，旁边写着算式。
#   平均每家每月{{kit.fact("AD3")}}，就是一个事实除以另一个事实。
#   里面哪个数最弱，它就只有那么可靠；
# - **假设**：没有来源，只好靠判断，所以给一个范围，由你在面板里调。
#   每张图的页脚都写着用了几项假设。

# %%
kit.table(kit.sourced.table("A01", "A05", "U05", "AD3", "U18", "order_value", "merchant_margin"))

# %% [markdown] lang="en"
# ## From any number to its source, in one step
#
# In a panel: unfold the lines under the table.
# In code, if you like: a figure by its id,

# %% [markdown] lang="zh"
# ## 从任何一个数，一步查到出处
#
# 在面板里，展开表格下面的两行就行。
# 愿意写代码的，可以按编号查：

# %%
kit.fact("A01")

# %% [markdown] lang="en"
# by a word, when you do not know the id,

# %% [markdown] lang="zh"
# 不知道编号，就按关键词查：

# %%
kit.table(kit.sourced.find("GMV", unit="yuan", date="H1 2020"))

# %% [markdown] lang="en"
# or everything at once that a result stands on:

# %% [markdown] lang="zh"
# 或者把一个结果用到的数一次列全：

# %%
kit.table(kit.sourced.provenance(month))

# %% [markdown] lang="en"
# ## Which figures carry a result?
#
# Not all settings matter alike.
# The picture below (a *tornado chart*) takes what is left to the mean merchant and moves one assumption after another from the low to the high end of its range, the others staying where they are.
# The longest bar on top is the figure on which the answer hangs: if you have one day for a better source, spend it there.

# %% [markdown] lang="zh"
# ## 一个结果，靠哪几个数字撑着？
#
# 参数那么多，分量可不一样。
# 下面这张图叫*龙卷风图*：看的是平均每家商家剩下的钱，把假设一项一项地从区间下限调到上限，其他不动。
# 最上面最长的那一条，就是答案的命门：如果只有一天时间去找更好的来源，就花在它身上。

# %%
sensitivity.by_assumption(august.merchant_month, assume, result="left").chart()

# %% [markdown] lang="en"
# Facts are not moved in this course: there is no slider for them.
# But a figure that says "more than" invites the question what would follow if it were more.
# So the next picture asks of one after another: what if it were {{more.number("more")}} higher?
# More orders help the mean merchant; more merchants share the same orders.

# %% [markdown] lang="zh"
# 这门课不动事实，所以事实没有滑块。
# 不过，既然写的是“超过”，就该问一句：真要更多，会怎样？
# 下面这张图就逐个来问：假如这个数高出{{more.number("more")}}，结果会变多少？
# 订单多了，平均每家分到的就多；商家多了，同样的订单就要分给更多家。

# %%
more = sensitivity.by_fact(august.merchant_month, assume, result="left")
more.chart()

# %% [markdown] lang="en"
# The same in code, for as long as the first line holds (afterwards the fact is itself again): twice as many merchants, and the mean one is left with

# %% [markdown] lang="zh"
# 会写代码的，也能这样设想（只在缩进的那一行里有效，过后事实还是事实）：假如商家多一倍，平均每家剩下

# %%
with kit.sourced.override({"A05": 2 * kit.sourced.value("A05")}):
    crowded = august.merchant_month(assume)
print(crowded.number("left"))

# %% [markdown] lang="en"
# ## Where do I go from here?
#
# Three tracks run through the course; take the lessons that are marked for yours, in the order of their numbers.
#
# - **Merchants** need no code: what is a policy worth to my own shop?
# - **Providers** (trainers, agencies, belts, supply chains): what am I to be paid and judged for?
# - **Researchers**: which mechanism, which assumption, how sure?
#
# The table lists the lessons that are ready; it is made from the lessons themselves.
# The others are to come, and will appear here.

# %% [markdown] lang="zh"
# ## 接下来学哪一课？
#
# 全课有三条学习路线，挑标着自己那一条的，按课次往下学就行。
#
# - **商家**：不用写代码，只问一件事，政策对我自己的店值多少钱？
# - **服务商**（培训、MCN、产业带、供应链）：平台该为什么付钱给我，又凭什么考核我？
# - **研究者**：机制是什么，靠的是哪条假设，有几分把握？
#
# 下表由各课自己的信息生成，只列已经能用的课；其余的还在编写，写好了会出现在这里。

# %%
kit.table(kit.syllabus())

# %% [markdown] lang="en"
# ## What this course leaves out
#
# - It forecasts no real firm.
#   Where sources are silent it assumes, says so, and lets you disagree.
# - Lessons in *closed form* (the foot of a chart says it) are formulas: no luck, no rivals, no growth.
# - The mean merchant of this page is a number and not a person.
#   Nearly nobody sells like the mean; the next lesson shows how few do.
# - The fee here falls on all settled sales.
#   Most of the real GMV paid far less: that, too, is in the next lesson.
#
# ## Exercises
#
# 1. Set every slider of the panel to its worst end for the merchant.
#    Is anything left?
#    Then reckon with pencil and paper at which gross margin nothing would be.
# 2. Keep the start as A.
#    Lower the order value to its low end and find the margin at which as much is left as in A.
# 3. Look up the figure of the minutes that a user spends.
#    Who says it, about whom, and for which period?
# 4. The lowest bars of the tornado chart nearly vanish.
#    Why can the price level of one division hardly move what is left, when the mean order value is held?
#
# ## Summary
#
# **Guess first.**
# **Every number says what it is**, and its source is one step away.
# **Ask which figures carry a result** before you trust it: a few do, and most hardly count.

# %% [markdown] lang="zh"
# ## 这门课没有算进去的
#
# - 不预测任何一家真实的公司。
#   来源没说的，我们作假设，讲明白，也欢迎你不同意。
# - 页脚写着*闭式解*的，都是公式直接算出来的：没有运气，没有竞争对手，没有增长。
# - 本页的“平均商家”只是一个数，不是一个人。
#   几乎没有谁正好卖这么多；到底有多少人差得远，下一课见分晓。
# - 这里让全部结算销售额都交技术服务费。
#   实际上大部分 GMV 交得少得多，这也留到下一课。
#
# ## 练习
#
# 1. 把面板里的每个滑块都拖到对商家最不利的一头，还剩钱吗？
#    再用纸笔算：毛利率低到多少，就一分不剩？
# 2. 把开头的设置存为 A。
#    把客单价调到最低，再找出毛利率要多高，剩下的钱才和 A 一样多。
# 3. 查一查用户每天使用多少分钟：这话是谁说的，说的是哪些用户、哪段时间？
# 4. 龙卷风图最下面几条几乎看不见。
#    为什么平均客单价不变时，单动某个事业部的价格水平，剩下的钱几乎不动？
#
# ## 小结
#
# **先猜再看。**
# **每个数都写明自己是什么**，出处一步就能查到。
# **相信一个结果之前，先问它靠哪几个数字撑着**：真正要紧的只有几个，多数无关痛痒。
