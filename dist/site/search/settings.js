window.gongwen.shards["settings"] = {"notices":1,"shards":1,"names":500};
