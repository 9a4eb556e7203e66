"""The handbook's transactions as plain arrays: called with the parquet file and the file to write."""

import json
import sys

import numpy as np
import pyarrow
import pyarrow.parquet

names = ("TX_DATETIME", "CUSTOMER_ID", "TERMINAL_ID", "TX_AMOUNT", "TX_FRAUD")
table = pyarrow.parquet.read_table(sys.argv[1], columns=list(names))
found = {name: table[name].combine_chunks() for name in names}
np.savez(
    sys.argv[2],
    at_us=found["TX_DATETIME"].cast(pyarrow.timestamp("us")).cast("int64").to_numpy(),
    customer=found["CUSTOMER_ID"].cast("int64").to_numpy(),
    terminal=found["TERMINAL_ID"].cast("int64").to_numpy(),
    amount_minor=np.rint(found["TX_AMOUNT"].to_numpy() * 100).astype(np.int64),
    is_fraud=found["TX_FRAUD"].to_numpy() == 1,
)
json.dump({"rows": table.num_rows}, sys.stdout)
