# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   lesson:
#     id: ex07
#     number: "ex07"
#     title:
#       en: "Providers: exercises"
#       zh: "服务商：练习"
#     objectives:
#       - en: "Score, mark and rank providers, and tell their work from what would have come anyway, with one's own numbers"
#         zh: "用自己的数字给服务商评分、定线、分级，分清服务的功劳和本来就会有的增长"
#     prerequisites: [providers]
#     minutes_read: 2
#     minutes_do: 30
#     terms: [provider_score, badge, tier]
#     numbers: [A19, A20, A21, A23, A26]
#     exercises: []
#     tracks: [provider]
#     takeaways:
#       - en: "Whoever judges sets the marks; whoever sets the marks should count the luck"
#         zh: "谁考核，谁定线；谁定线，谁就该先数一数运气"
# ---

# %% [markdown] lang="en"
# # Providers: exercises
#
# This sheet asks {{len(kit.progress().rows["ex07"])}} questions on “Providers”: the score, who holds a badge after a review, whose duty is what, the tier of a strong provider, marks of your own, and whose growth it is.
# Press **Run → Run All Cells** first.
# If you belong to a class, write your id into the field: the questions then have numbers of your own.
# Your answers are kept in a file of yours, beside the sheets.
# Checking is for learning: wrong answers cost nothing, hints are free, and the solution opens after a few tries.
# Whoever looks for the answers in the files of the course will find them; the grade of a class is reckoned elsewhere.

# %% [markdown] lang="zh"
# # 服务商：练习
#
# “服务商”这一课的{{len(kit.progress().rows["ex07"])}}道题：评分怎么算，检查之后谁有牌，哪件事归谁管，强的服务商会在哪个等级，自己来定线，增长算谁的。
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
kit.ask("ex07.own_duties")

# %% [markdown] lang="en"
# The second question is for those who write code; if you do not, pass it over, the others do not need it.
# Write your function in the next cell and run the cell.
# It is checked on examples here; for a grade, on others.

# %% [markdown] lang="zh"
# 第二题要写代码，不会写就跳过，不影响后面的题。
# 把函数写在下一个单元格里，再运行这个单元格。
# 这里用一组例子检查；评分时会换一组。


# %%
def badges_after(scores, had, gain, keep):
    return None


kit.ask("ex07.badges_after").check(badges_after)

# %%
kit.ask("ex07.duties")

# %%
kit.ask("ex07.below_the_top")

# %%
kit.ask("ex07.a_badge_that_tells")

# %%
kit.ask("ex07.whose_growth")

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
