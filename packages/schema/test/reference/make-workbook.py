"""Writes test/fixtures/workbook.xlsx, a workbook of an independent writer. Needs openpyxl 3.0.9; tests do not need this script."""

import datetime
import os

from openpyxl import Workbook

book = Workbook()
hidden = book.active
hidden.title = "Old"
hidden.sheet_state = "hidden"
hidden.append(["organisation", "hasTeam"])

sheet = book.create_sheet("Round 1 & <2>")
sheet.append(["organisation", "Date answered", "has team", "people", "comment", "since", "share"])
sheet.append(["R0A", datetime.date(2020, 7, 14), True, 12, "Çödé \u2013 \"quoted\"\nsecond line", datetime.datetime(2019, 2, 28), 0.1])
sheet.append(["R0B", datetime.datetime(2020, 7, 15, 13, 45), "N", 1234.5, "  ", None, 1e-9])
sheet.append(["R0D", "31/02/2020", "=1=1", -3, "=1/0", "01/02/2020", 1e21])
sheet.append(["R1A", None, "yes", "n/a", "merged below", None, None])
sheet.append(["R1C", None, "no", None, None, None, None])
sheet["B2"].number_format = "dd/mm/yyyy"
sheet["F2"].number_format = 'd mmmm yyyy "at noon"'
sheet["B3"].number_format = "[$-809]dd mmm yy hh:mm"
sheet["D3"].number_format = '#,##0.00 "years"'
sheet.merge_cells("E5:E6")
sheet.row_dimensions[6].hidden = True
sheet.column_dimensions["G"].hidden = True
book.properties.created = book.properties.modified = datetime.datetime(2020, 1, 1)
book.save(os.path.join(os.path.dirname(__file__), "..", "fixtures", "workbook.xlsx"))
