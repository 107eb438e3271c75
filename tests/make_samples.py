"""Make the sample shops of data/samples, the same bits at every run. They are made: no shop has sold these."""

import csv
import datetime
import io
import random
import sys
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "data" / "samples"
FIRST = datetime.datetime(2020, 9, 1)


def orders(seed: int, days: int, a_day: float, price: float, spread: float, cost: float, back: float, live=1.0):
    """Yield (order number, time, buyer, amount, refund, cost) in the order of time."""
    luck, number = random.Random(seed), 0
    for day in range(days):
        # A streamer sells on the days on which they are live.
        busy = luck.lognormvariate(-0.08, 0.4) if luck.random() < live else 0.0
        for minute in sorted(luck.randrange(600, 1439) for _ in range(round(a_day * busy / live))):
            number += 1
            amount = round(price * luck.lognormvariate(-(spread**2) / 2, spread), 1)
            returned = luck.random() < back
            refund = round(amount * (1 if luck.random() < 0.9 else 0.3), 2) if returned else 0.0
            buyer = f"{luck.randrange(1 + int(days * a_day * 0.7)):06d}"
            time = FIRST + datetime.timedelta(days=day, minutes=minute)
            yield f"2020{seed:02d}{number:08d}", time, buyer, amount, refund, round(amount * cost, 1)


def jade() -> bytes:
    """A tiny shop: GBK, Chinese headers, rows above them, a totals row, thousands separators and 万."""
    held = io.StringIO(newline="")
    table = csv.writer(held, lineterminator="\r\n")
    table.writerows([["店铺：样例玉石小铺（虚构）"], ["导出时间：2020-10-31 09:00"], []])
    table.writerow(["订单编号", "下单时间", "买家昵称", "买家实付金额（元）", "退款金额", "订单状态", "商品成本"])
    total = 0.0
    for n, (order, time, buyer, amount, refund, cost) in enumerate(orders(11, 60, 1.5, 880, 0.9, 0.45, 0.38)):
        total += amount
        shown = f"{amount / 10_000:.4f}万" if amount > 5_000 else f"￥{amount:,.2f}"
        state = "已退款" if refund == amount else "部分退款" if refund else "交易成功"
        state, refund = ("已取消", 0) if n % 19 == 18 else (state, refund)
        row = [order, f"{time:%Y/%m/%d %H:%M}", f"买家{buyer}", shown, refund or "", state, cost]
        table.writerows([row] * (2 if n == 7 else 1))
    table.writerow(["合计", "", "", f"{total:,.2f}", "", "", ""])
    return held.getvalue().encode("gbk")


def belt() -> bytes:
    """An apparel shop of 30,000 orders, as a zip with one CSV in UTF-8 with a mark."""
    held = io.StringIO(newline="")
    table = csv.writer(held, lineterminator="\n")
    table.writerow(["Order ID", "Paid at", "Buyer ID", "Amount paid", "Refund amount", "Cost of goods"])
    made = list(orders(12, 90, 385, 72, 0.5, 0.62, 0.35))[:30_000]
    for order, time, buyer, amount, refund, cost in made:
        table.writerow([order, f"{time:%Y-%m-%d %H:%M}", buyer, amount, refund or "", cost])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        inner = zipfile.ZipInfo("made_belt_shop.csv", (2020, 12, 1, 0, 0, 0))
        inner.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(inner, held.getvalue().encode("utf-8-sig"))
    return packed.getvalue()


def liquor() -> bytes:
    """A streamer of liquor: semicolons, day numbers as Excel counts them, no costs."""
    held = io.StringIO(newline="")
    table = csv.writer(held, delimiter=";", lineterminator="\n")
    table.writerow(["订单号", "付款时间", "买家ID", "实付款", "退款金额"])
    epoch = datetime.datetime(1899, 12, 30)
    for order, time, buyer, amount, refund, _ in orders(13, 45, 30, 260, 0.6, 0.6, 0.12, live=0.4):
        table.writerow([order, f"{(time - epoch) / datetime.timedelta(1):.4f}", buyer, amount, refund or ""])
    return held.getvalue().encode("utf-8")


SAMPLES = {"made_jade_shop.csv": jade, "made_belt_shop.zip": belt, "made_liquor_streamer.csv": liquor}

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, make in SAMPLES.items():
        (FOLDER / name).write_bytes(make())
        print(name, (FOLDER / name).stat().st_size, file=sys.stderr)
