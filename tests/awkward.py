"""Awkward files of orders, as shops really export them: what is in each, and the totals or the refusal that is right.

Each case gives the bytes of a file, and either (rows read, lines used, gross yuan, refunded yuan) or a refusal's code.
"""

import datetime
import io
import zipfile
from dataclasses import dataclass, field

import openpyxl

ZH = "订单编号,下单时间,实付款,退款金额\n"
EN = "Order ID,Order date,Amount paid,Refund amount\n"
# Three orders, 100 + 50.5 + 1,000 yuan, 50.5 of it refunded.
BODY = "A1,2020-09-01,100,0\nA2,2020-09-02,50.5,50.5\nA3,2020-09-03,1000,0\n"
THREE = (3, 3, 1150.5, 50.5)


@dataclass(frozen=True)
class Case:
    raw: bytes
    totals: tuple | None = None
    refusal: str = ""
    reasons: dict = field(default_factory=dict)
    notes: tuple = ()
    columns: dict = field(default_factory=dict)


def text(words: str, encoding: str = "utf-8", totals=THREE, **more) -> Case:
    return Case(words.encode(encoding), totals, **more)


def book(*tables, **more) -> Case:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for n, rows in enumerate(tables):
        sheet = made.create_sheet(f"表{n + 1}")
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    made.save(held)
    return Case(held.getvalue(), more.pop("totals", THREE), **more)


def packed(files: dict[str, bytes], **more) -> Case:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return Case(held.getvalue(), **more)


def swapped(body: str, mark: str) -> str:
    return body.replace(",", mark)


ROWS_ZH = [
    ["订单编号", "下单时间", "实付款", "退款金额"],
    ["A1", datetime.datetime(2020, 9, 1, 8, 5), 100, 0],
    ["A2", datetime.date(2020, 9, 2), 50.5, 50.5],
    ["A3", 44077.5, "1,000.00", None],
]
COSTS = "订单号,付款时间,实付金额,商品成本,买家昵称\nA1,2020-09-01,100,60,甲\nA2,2020-09-02,200,,乙\n"

CASES = {
    # Encodings
    "zh_utf8": text(ZH + BODY),
    "zh_utf8_bom": text(ZH + BODY, "utf-8-sig"),
    "zh_gbk": text(ZH + BODY, "gbk"),
    "zh_gb18030_rare": text(ZH.replace("下单", "下单") + BODY.replace("A1", "𠮷1"), "gb18030"),
    "zh_utf16": text(swapped(ZH + BODY, "\t"), "utf-16"),
    "zh_one_spoiled_byte": Case(
        (ZH + BODY + "".join(f"B{n},2020-09-03,0,0\n" for n in range(400))).encode() + b"C\xff,2020-09-03,0,0\n",
        (404, 404, 1150.5, 50.5),
    ),
    "en_ascii": text(EN + BODY),
    "en_bom_crlf": text((EN + BODY).replace("\n", "\r\n"), "utf-8-sig"),
    "en_old_mac_lines": text((EN + BODY).replace("\n", "\r")),
    # Delimiters
    "zh_tab": text(swapped(ZH + BODY, "\t"), "gbk"),
    "zh_semicolon": text(swapped(ZH + BODY, ";")),
    "en_tab": text(swapped(EN + BODY, "\t")),
    "en_semicolon_decimal_comma": text(swapped(EN + BODY, ";").replace("50.5", "50,5").replace(";1000;", ";1.000,00;")),
    "en_pipe": text(swapped(EN + BODY, "|")),
    # Headers
    "zh_rows_above": text("店铺：玉石小铺\n导出时间：2020-10-01 10:00\n\n" + ZH + BODY, "gbk"),
    "zh_other_order": text("退款金额,实付款,备注,订单编号,下单时间\n0,100,,A1,2020-09-01\n50.5,50.5,,A2,2020-09-02\n,1000,,A3,20200903\n"),
    "zh_units_in_names": text(ZH.replace("实付款", "买家实付金额（元）").replace("退款金额", "退款金额(元)") + BODY),
    "zh_discount_is_no_amount": text("订单编号,下单时间,优惠金额,运费,订单实付金额,退款金额\nA1,2020-09-01,5,8,100,0\n", totals=(1, 1, 100, 0)),
    "zh_price_times_quantity": text("订单号,日期,单价,数量\nA1,2020-09-01,50,2\nA2,2020-09-01,9.9,10\n", totals=(2, 2, 199, 0)),
    "zh_header_again": text(ZH + BODY + ZH, totals=(4, 3, 1150.5, 50.5), reasons={"header": [5]}),
    "en_mixed_case": text("ORDER NO.,Paid At,Total Amount (CNY),Refunded Amount\n" + BODY),
    "en_unknown_amount": text("id,when,how much\n1,2020-09-01,5\n", totals=None, refusal="orders_no_amount"),
    "en_unknown_amount_told": text("id,Date,how much\n1,2020-09-01,5\n", totals=(1, 1, 5, 0), columns={"amount": "how much"}),
    "en_wrong_column_told": text(EN + BODY, totals=None, refusal="orders_no_column", columns={"amount": "Sum"}),
    "zh_no_header": text(BODY, totals=None, refusal="orders_no_amount"),
    # Numbers
    "zh_thousands_and_yen": text(ZH + 'A1,2020-09-01,"¥1,234.50",0\nA2,2020-09-01,￥99,0\n', totals=(2, 2, 1333.5, 0)),
    "zh_wan_and_yuan": text(ZH + "A1,2020-09-01,1.2万,0\nA2,2020-09-01,35元,0\n", totals=(2, 2, 12035, 0)),
    "zh_full_width": text(ZH + "A1,2020-09-01,１２３．５,０\nA2,２０２０－０９－０２,１００,0\n", totals=(2, 2, 223.5, 0)),
    "zh_percent_refund": text("订单号,日期,实付款,退款金额\nA1,2020-09-01,200,50%\nA2,2020-09-01,100,100%\n", totals=(2, 2, 300, 200)),
    "en_accounting": text(EN + 'A1,2020-09-01,"1,000.00",0\nA1,2020-09-03,(200.00),\n', totals=(2, 2, 1000, 200)),
    "en_words_for_numbers": text(EN + BODY + "A4,2020-09-04,about 5,0\nA5,2020-09-04,,0\nA6,2020-09-04,5 kg,0\n",
                                 totals=(6, 3, 1150.5, 50.5), reasons={"amount": [5, 7], "no_amount": [6]}),
    "en_wrong_thousands": text(EN + BODY + 'A4,2020-09-04,"12,34,5",0\n', totals=(4, 3, 1150.5, 50.5), reasons={"amount": [5]}),
    # Dates
    "zh_dates": text(ZH + "A1,2020/9/3 8:05,1,0\nA2,20200903,1,0\nA3,2020年9月3日,1,0\nA4,44077,1,0\nA5,44077.35,1,0\nA6,2020.9.3,1,0\nA7,20200903080500,1,0\n",
                     totals=(7, 7, 7, 0)),
    "en_iso_with_t": text(EN + "A1,2020-09-03T08:05:00+08:00,1,0\n", totals=(1, 1, 1, 0)),
    "en_days_that_are_none": text(EN + BODY + "A4,2020-02-30,1,0\nA5,03/09/2020,1,0\nA6,,1,0\n",
                                  totals=(6, 3, 1150.5, 50.5), reasons={"date": [5, 6, 7]}),
    # States
    "zh_states": text("订单号,下单时间,实付款,订单状态\nA1,2020-09-01,100,交易成功\nA2,2020-09-01,50,已退款\nA3,2020-09-01,70,已取消\nA4,2020-09-01,80,待付款\nA5,2020-09-01,90,退款中\n",
                      "gbk", (5, 3, 240, 50), reasons={"cancelled": [4], "unpaid": [5]}, notes=("strange_status",)),
    "zh_closed_after_refund": text("订单号,下单时间,实付款,退款金额,订单状态\nA1,2020-09-01,100,100,交易关闭\n", totals=(1, 1, 100, 100)),
    "zh_aftersale_column": text("订单号,下单时间,实付款,订单状态,售后状态\nA1,2020-09-01,100,已发货,退款成功\nA2,2020-09-01,50,已发货,无售后\n", totals=(2, 2, 150, 100)),
    "zh_partly_without_amount": text("订单号,下单时间,实付款,订单状态\nA1,2020-09-01,100,部分退款\n", totals=(1, 0, 0, 0), reasons={"partly": [2]}),
    "en_partly_in_the_refund_column": text("Order ID,Date,Amount,Refunded\nA1,2020-09-01,100,partial refund\nA2,2020-09-01,50,5\n", totals=(2, 1, 50, 5), reasons={"partly": [2]}),
    "zh_freight_refunded": text(ZH + "A1,2020-09-01,100,108\n", totals=(1, 1, 100, 100), notes=("refund_clipped",)),
    "en_refund_yes_no": text("Order ID,Date,Amount,Refunded\nA1,2020-09-01,100,Yes\nA2,2020-09-01,50,No\nA3,2020-09-01,20,maybe\n",
                             totals=(3, 2, 150, 100), reasons={"refund": [4]}),
    "en_lonely_refund": text(EN + BODY + "A9,2020-09-05,-30,0\n", totals=(4, 3, 1150.5, 50.5), reasons={"refund_alone": [5]}),
    # Orders of several lines, copies, totals
    "zh_items_of_one_order": text("订单号,下单时间,商品名称,实付款\nA1,2020-09-01,镯,100\nA1,2020-09-01,坠,40\nA2,2020-09-01,镯,100\n", totals=(3, 3, 240, 0), notes=("items",)),
    "zh_amount_on_every_line": text("订单号,下单时间,商品名称,订单金额\n" + "".join(f"A{n},2020-09-01,{item},{90 + n}\n" for n in range(3) for item in "甲乙"),
                                    totals=(6, 6, 273, 0), notes=("repeated",)),
    "zh_items_alike_in_all_orders_but_one": text("订单号,下单时间,商品名称,实付款\nA1,2020-09-01,甲,90\nA1,2020-09-01,乙,90\nA2,2020-09-01,甲,91\nA2,2020-09-01,乙,91\nA3,2020-09-01,甲,92\nA3,2020-09-01,乙,40\n",
                                                 totals=(6, 6, 494, 0), notes=("items",)),
    "zh_copies": text(ZH + BODY + BODY, totals=(6, 3, 1150.5, 50.5), reasons={"duplicate": [5, 6, 7]}),
    "zh_total_row": text(ZH + BODY + "合计,,1150.5,50.5\n", "gbk", (4, 3, 1150.5, 50.5), reasons={"total": [5]}),
    "zh_total_without_id": text("日期,实付款\n2020-09-01,5\n总计：,5\n", totals=(2, 1, 5, 0), reasons={"total": [3]}, notes=("no_order",)),
    "en_total_row": text(EN + BODY + "\nGrand total:,,1150.5,50.5\n", totals=(4, 3, 1150.5, 50.5), reasons={"total": [6]}),
    "zh_ids_lost_by_excel": text(ZH + "2.02009E+17,2020-09-01,100,0\n2.02009E+17,2020-09-01,100,0\n", totals=(2, 2, 200, 0), notes=("ids_lost",)),
    "zh_ids_guarded": text(ZH + '"=""20200901000001""",2020-09-01,100,0\n\t20200901000002,2020-09-01,50,0\n\'20200901000003,2020-09-01,1,0\n', totals=(3, 3, 151, 0)),
    "zh_costs": text(COSTS, totals=(2, 2, 300, 0), notes=("cost_unknown",)),
    "zh_masked_buyers": text("订单号,日期,实付款,买家昵称\nA1,2020-09-01,1,张**\nA2,2020-09-01,1,张**\n", totals=(2, 2, 2, 0), notes=("buyers_masked",)),
    # Quotes and ragged rows
    "zh_line_in_a_cell": text('订单号,下单时间,订单备注,实付款\nA1,2020-09-01,"两行\n备注",100\nA2,2020-09-02,,50\n', totals=(2, 2, 150, 0)),
    "zh_note_of_eighteen_lines": text('订单号,下单时间,订单备注,实付款\nA1,2020-09-01,"' + "行\n" * 18 + '",100\nA2,2020-09-02,,50\n', totals=(2, 2, 150, 0)),
    "zh_note_of_thirty_lines_is_a_quote_left_open": text('订单号,下单时间,订单备注,实付款\nA1,2020-09-01,"' + "行\n" * 29 + '",100\nA2,2020-09-02,,50\n',
                                                         totals=(31, 1, 50, 0), reasons={"no_amount": list(range(2, 32))}),
    "en_quote_left_open": text('Order ID,Date,Item,Amount\nA1,2020-09-01,"12 in ring,100\nA2,2020-09-02,x,50\n', totals=(2, 2, 150, 0)),
    "en_two_stray_quotes": text('Order ID,Date,Item,Amount\nA1,2020-09-01,"ring,1\nA2,2020-09-01,x,1\nA3,2020-09-01,"y,1\n', totals=(3, 3, 3, 0)),
    "en_too_many_cells": text(EN + BODY + "A4,2020-09-04,1,234,0\n", totals=(4, 3, 1150.5, 50.5), reasons={"cells": [5]}),
    "en_too_few_cells": text(EN + BODY + "A4,2020-09-04\nA5\n", totals=(5, 3, 1150.5, 50.5), reasons={"no_amount": [5, 6]}),
    "en_formula_cells": text(EN + BODY + '=HYPERLINK("http://x"),2020-09-04,=1+1,0\n@x,2020-09-04,7,0\n', totals=(5, 4, 1157.5, 50.5), reasons={"amount": [5]}),
    # Workbooks, archives, and what is neither
    "zh_xlsx": book(ROWS_ZH),
    "zh_xlsx_second_sheet": book([["说明"], ["导出的订单"]], ROWS_ZH, notes=("other_sheets",)),
    "zh_xlsx_rows_above": book([["店铺订单"], [], *ROWS_ZH, [], ["合计", None, 1150.5, 50.5]], totals=(4, 3, 1150.5, 50.5), reasons={"total": [8]}),
    "zh_zip": packed({"订单.csv": (ZH + BODY).encode("gbk")}, totals=THREE),
    "zh_zip_of_two": packed({"a.csv": b"1", "b.csv": b"2"}, refusal="orders_zip"),
    "zh_header_alone": text(ZH, totals=None, refusal="orders_no_rows"),
    "en_empty": Case(b"", refusal="orders_empty"),
    "en_blank_lines": Case(b"\n\n \n", refusal="orders_empty"),
    "en_old_excel": Case(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), refusal="orders_old_excel"),
    "en_web_page": Case(b"<html><table><tr><td>1</td></tr></table></html>", refusal="orders_web_page"),
    "en_picture": Case(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, refusal="orders_not_text"),
    "en_broken_archive": Case(b"PK\x03\x04 and no more", refusal="orders_broken"),
}  # fmt: skip
