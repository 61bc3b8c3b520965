window.gongwen.shards["facets-0"] = {"year":[["2022"],[0]],"issuers":[["阜阳市颍州区人民政府办公室"],[0]],"kind":[["通知"],[0]],"level":[["county"],[0]],"plan":[null]};
