# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   lesson:
#     id: ex06
#     number: "ex06"
#     title:
#       en: "The alliance: exercises"
#       zh: "好物联盟：练习"
#     objectives:
#       - en: "Split an order, take it back in parts, and value a leader, with one's own numbers"
#         zh: "用自己的数字分账、分次退款、估团长的价值"
#     prerequisites: [alliance]
#     minutes_read: 2
#     minutes_do: 30
#     terms: [promoter, commission, recruiting_leader]
#     numbers: [alliance.platform_cut, match.chains]
#     exercises: []
#     tracks: [merchant, provider]
#     takeaways:
#       - en: "Reckon anew on what is left, and take net for gross nowhere"
#         zh: "退款按剩余重算；别把总量当净增"
# ---

# %% [markdown] lang="en"
# # The alliance: exercises
#
# This sheet asks {{len(kit.progress().rows["ex06"])}} questions on the Good-Goods Alliance: what a promoter gets, commission on refunds, and what a recruiting leader is worth.
# Press **Run → Run All Cells** first.
# If you belong to a class, write your id into the field: the questions then have numbers of your own.
# Your answers are kept in a file of yours, beside the sheets.
# Checking is for learning: wrong answers cost nothing, hints are free, and the solution opens after a few tries.
# Whoever looks for the answers in the files of the course will find them; the grade of a class is reckoned elsewhere.

# %% [markdown] lang="zh"
# # 好物联盟：练习
#
# “好物联盟”这一课的{{len(kit.progress().rows["ex06"])}}道题：推广者到手多少、退款时佣金怎么退、招商团长值多少。
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
kit.ask("ex06.promoter_gets")

# %% [markdown] lang="en"
# Write your function in the next cell and run the cell.
# It is checked on examples here; for a grade, on others.

# %% [markdown] lang="zh"
# 把函数写在下一个单元格里，再运行这个单元格。
# 这里用一组例子检查；评分时会换一组。


# %%
def given_back(price, refunds, rate):
    return None


kit.ask("ex06.given_back").check(given_back)

# %%
kit.ask("ex06.story")

# %%
kit.ask("ex06.parties")

# %%
kit.ask("ex06.more_chains")

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
