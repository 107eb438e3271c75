# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   lesson:
#     id: ex03
#     number: "ex03"
#     title:
#       en: "Fan Xing: exercises"
#       zh: "凡星计划：练习"
#     objectives:
#       - en: "Reckon the fee and find who pays for the credit, with one's own numbers"
#         zh: "用自己的数字算技术服务费，看清粉条由谁买单"
#     prerequisites: [fan_xing]
#     minutes_read: 2
#     minutes_do: 30
#     terms: [technical_fee, promotion_credit, marginal_reading]
#     numbers: [A38, A39, A40, standard_fee]
#     exercises: []
#     tracks: [merchant]
#     takeaways:
#       - en: "The cap tells the large from the small; the fee rate does not"
#         zh: "能把大店和小店分开的是上限，不是费率"
# ---

# %% [markdown] lang="en"
# # Fan Xing: exercises
#
# This sheet asks {{len(kit.progress().rows["ex03"])}} questions on “Fan Xing”: the technical service fee in the marginal reading, the promotion credit (fentiao), and a plan of your own.
# Press **Run → Run All Cells** first.
# If you belong to a class, write your id into the field: the questions then have numbers of your own.
# Your answers are kept in a file of yours, beside the sheets.
# Checking is for learning: wrong answers cost nothing, hints are free, and the solution opens after a few tries.
# Whoever looks for the answers in the files of the course will find them; the grade of a class is reckoned elsewhere.

# %% [markdown] lang="zh"
# # 凡星计划：练习
#
# “凡星计划”这一课的{{len(kit.progress().rows["ex03"])}}道题：分段计费的技术服务费、免费粉条，再自己调一个计划。
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
kit.ask("ex03.fee_past_cap")

# %% [markdown] lang="en"
# Write your function in the next cell and run the cell.
# It is checked on examples here; for a grade, on others.

# %% [markdown] lang="zh"
# 把函数写在下一个单元格里，再运行这个单元格。
# 这里用一组例子检查；评分时会换一组。


# %%
def fees_by_day(sales, fee, cap, standard):
    return None


kit.ask("ex03.fees_by_day").check(fees_by_day)

# %%
kit.ask("ex03.crowded")

# %%
kit.ask("ex03.who_pays")

# %%
kit.ask("ex03.half_for_the_large")

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
