window.gongwen.shards["names-0"] = ["fuzhouzhengbanmi-2022-24-341202"];
