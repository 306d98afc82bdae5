/// Names and signs of other currencies than the yuan, in lower case, the longer before the shorter that
/// they hold: signs, codes of ISO 4217, and Chinese names of those that Chinese banks trade.
let foreignCurrencies: [String] = (signs + codes + chineseNames + englishNames)
  .sorted { ($1.count, $0) < ($0.count, $1) }

private let signs = [
  "$", "us$", "hk$", "nt$", "s$", "a$", "c$", "r$", "nz$", "mop$", "€", "£", "jp¥", "₩", "₽", "฿",
  "₹", "₫",
  "₺", "₴", "₱", "₪", "₦", "₡", "₸", "₮", "₭", "₾", "₼", "￦", "￡",
]

private let codes = [
  "usd", "eur", "gbp", "jpy", "hkd", "mop", "twd", "ntd", "krw", "sgd", "aud", "cad", "nzd", "chf",
  "sek",
  "nok", "dkk", "rub", "thb", "myr", "idr", "php", "vnd", "inr", "zar", "brl", "mxn", "pln", "huf",
  "czk", "ils", "aed", "sar", "kzt",
]

/// The Chinese names, which stand at the end of a head without anything before them: 贷款金额美元.
let foreignCurrencyEndings = chineseNames.filter { $0.count > 1 }

private let chineseNames = [
  "美元", "美金", "美圆", "欧元", "英镑", "日元", "日圆", "円", "港元", "港币", "港纸", "澳门元", "澳门币", "新台币", "台币",
  "韩元", "韩圆", "韩币", "新加坡元", "新币", "新元", "澳元", "澳大利亚元", "澳币", "加元", "加拿大元", "加币", "新西兰元",
  "瑞士法郎", "瑞郎", "瑞典克朗", "挪威克朗", "丹麦克朗", "卢布", "泰铢", "林吉特", "令吉", "印尼盾", "越南盾", "印度卢比",
  "卢比", "菲律宾比索", "比索", "里拉", "兰特", "迪拉姆", "里亚尔", "坚戈", "外币",
]

private let englishNames = [
  "us dollars", "usdollars", "usdollar", "dollars", "dollar", "euros", "euro", "yen", "pounds",
  "sterling", "roubles", "rubles",
]
