# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   lesson:
#     id: ex01
#     number: "ex01"
#     title:
#       en: "People, goods, venue: exercises"
#       zh: "人货场：练习"
#     objectives:
#       - en: "Take a month apart, and tell what is counted from what follows"
#         zh: "会拆一个月，分清哪些是数出来的、哪些是推出来的"
#     prerequisites: [people_goods_venue]
#     minutes_read: 2
#     minutes_do: 30
#     terms: [gmv, identity, conversion_rate]
#     numbers: [A01, A04, U05, merchant_size_sd]
#     exercises: []
#     tracks: [merchant, provider, researcher]
#     takeaways:
#       - en: "A share of the merchants is not a share of the orders"
#         zh: "商家的比例，不等于订单的比例"
# ---

# %% [markdown] lang="en"
# # People, goods, venue: exercises
#
# This sheet asks {{len(kit.progress().rows["ex01"])}} questions on “People, goods, venue”: GMV and the identity behind it, the conversion rate, and what a mean hides.
# Press **Run → Run All Cells** first.
# If you belong to a class, write your id into the field: the questions then have numbers of your own.
# Your answers are kept in a file of yours, beside the sheets.
# Checking is for learning: wrong answers cost nothing, hints are free, and the solution opens after a few tries.
# Whoever looks for the answers in the files of the course will find them; the grade of a class is reckoned elsewhere.

# %% [markdown] lang="zh"
# # 人货场：练习
#
# “人货场”这一课的{{len(kit.progress().rows["ex01"])}}道题：GMV 和它背后的恒等式、下单转化率，以及平均数藏住了什么。
# 请先点菜单**运行 → 运行所有单元格**。
# 如果你在班里上课，请在下面填上学号，题目就会换成你自己的数字。
# 答案存在你自己的文件里，和练习放在一起。
# 检查是为了学习：答错不扣分，提示随便看，试过几次就能看解答。
# 真想到课程文件里翻答案，总能翻到；班级成绩是另外评的。

# %%
import kit

kit.language("en")
kit.me()

# %%
kit.ask("ex01.conversion")

# %%
kit.ask("ex01.identity")

# %%
kit.ask("ex01.measures")

# %% [markdown] lang="en"
# Write your function in the next cell and run the cell.
# It is checked on examples here; for a grade, on others.

# %% [markdown] lang="zh"
# 把函数写在下一个单元格里，再运行这个单元格。
# 这里用一组例子检查；评分时会换一组。


# %%
def top_share(orders, part):
    return None


kit.ask("ex01.top_share").check(top_share)

# %%
kit.ask("ex01.half_to_the_top")

# %% [markdown] lang="en"
# ## How far you are
#
# Run the next cell again to see the newest.
# To hand in: open a terminal in the folder that holds `my_course` and run `.venv/bin/python -m kit submit` (on Windows `.venv\Scripts\python -m kit submit`; if you installed the course with pip, `renhuochang submit`).
# It packs all your answers into one file.

# %% [markdown] lang="zh"
# ## 做到哪里了
#
# 再运行一次下面的单元格，就能看到最新的进度。
# 交作业：在放着 `my_course` 的那个文件夹里打开终端，运行 `.venv/bin/python -m kit submit`（Windows 上是 `.venv\Scripts\python -m kit submit`；用 pip 安装的，运行 `renhuochang submit`），全部答案会打包成一个文件。

# %%
kit.progress()
