"""Writes the files beside it, with pyarrow. Run in this folder."""
import pyarrow as pa, pyarrow.parquet as pq, datetime as d
D=d.date; T=d.datetime
n=7
texts=["Peru and Chile signed a treaty in Lima."]+[f"Minister number {i} met the delegation of Kenya." if i!=3 else None for i in range(1,n)]
base={"id":pa.array(range(n),pa.int64()),"headline":pa.array([f"Headline {i%2}" for i in range(n)]),"body":pa.array(texts),
 "published":pa.array([D(2019,2,26)+d.timedelta(days=i) for i in range(n)],pa.date32()),"score":pa.array([0.5]*n,pa.float64()),
 "tags":pa.array([["a","b"]]*n,pa.list_(pa.string())),"outlet":pa.array(["Daily","Weekly",None,"Daily","Daily","Weekly","Daily"]),"more":pa.array([{"text":"inner","n":1}]*n)}
t=pa.table(base)
for c in ["NONE","SNAPPY","GZIP","ZSTD"]:
    pq.write_table(t,f"{c.lower()}.parquet",compression=c,row_group_size=3)
pq.write_table(t,"plain.parquet",use_dictionary=False,compression="SNAPPY")
pq.write_table(t,"version2.parquet",data_page_version="2.0",compression="ZSTD")
pq.write_table(t,"version2_none.parquet",data_page_version="2.0",compression="NONE",use_dictionary=False)
ts=lambda u: pa.array([T(2019,2,26,23,59,59)+d.timedelta(days=i) for i in range(n)],pa.timestamp(u))
for u in ["ms","us","ns"]:
    pq.write_table(t.set_column(3,"published",ts(u)),f"time_{u}.parquet")
pq.write_table(t.set_column(3,"published",ts("ns")),"time_96.parquet",use_deprecated_int96_timestamps=True)
pq.write_table(t.set_column(3,"published",pa.array([f"2019-02-{26+i}" if i<3 else f"2019-03-0{i-2}" for i in range(n)])),"day_text.parquet")
pq.write_table(t.set_column(2,"body",t["body"].cast(pa.large_string())),"large.parquet",compression="SNAPPY",row_group_size=3,data_page_size=40,write_batch_size=1)
pq.write_table(t.drop(["body"]),"no_text.parquet")
pq.write_table(t,"brotli.parquet",compression="BROTLI")
pq.write_table(t,"delta.parquet",use_dictionary=False,column_encoding={"body":"DELTA_BYTE_ARRAY"})
pq.write_table(t.slice(0,0),"empty.parquet")
