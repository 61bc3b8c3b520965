window.gongwen.shards["names-0"] = ["fuzhouzhengbanmi-2022-24-2a76e1d7"];
