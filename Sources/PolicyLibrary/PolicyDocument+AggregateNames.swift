import FundCore

/// What the keys of clauses on many claims are called, by their paths.
let aggregateWords: [String: LocalizedText] = [
  "limits.*.per": .init(en: "limit of compensation, of whose claims", zh: "补偿限额：计算对象"),
  "limits.*.over": .init(en: "limit of compensation, period", zh: "补偿限额：期间"),
  "limits.*.amount": .init(en: "limit of compensation, amount", zh: "补偿限额：金额"),
  "limits.*.part": .init(
    en: "limit of compensation, part of the covered lending", zh: "补偿限额：占纳入补偿放款的比例"),
  "limits.*.of": .init(en: "limit of compensation, covered lending", zh: "补偿限额：纳入补偿的放款"),
  "firstLoss.*.per": .init(en: "first loss of the bank, of whose claims", zh: "银行先行承担的损失：计算对象"),
  "firstLoss.*.over": .init(en: "first loss of the bank, period", zh: "银行先行承担的损失：期间"),
  "firstLoss.*.amount": .init(en: "first loss of the bank, amount", zh: "银行先行承担的损失：金额"),
  "firstLoss.*.part": .init(
    en: "first loss of the bank, part of the covered lending", zh: "银行先行承担的损失：占纳入补偿放款的比例"),
  "firstLoss.*.of": .init(en: "first loss of the bank, covered lending", zh: "银行先行承担的损失：纳入补偿的放款"),
  "stopLoss.*.per": .init(en: "stop-loss, of whose claims", zh: "止损线：计算对象"),
  "stopLoss.*.over": .init(en: "stop-loss, period", zh: "止损线：期间"),
  "stopLoss.*.amount": .init(en: "stop-loss, amount", zh: "止损线：金额"),
  "stopLoss.*.part": .init(en: "stop-loss, part of the covered lending", zh: "止损线：占纳入补偿放款的比例"),
  "stopLoss.*.of": .init(en: "stop-loss, covered lending", zh: "止损线：纳入补偿的放款"),
  "claimRate.counts": .init(en: "claim rate, what it counts", zh: "代偿率：分子"),
  "claimRate.of": .init(en: "claim rate, covered lending", zh: "代偿率：分母"),
  "claimRate.per": .init(en: "claim rate, of whose claims", zh: "代偿率：计算对象"),
  "claimRate.over": .init(en: "claim rate, period", zh: "代偿率：期间"),
  "claimRate.beyond": .init(en: "claim rate, beyond a step", zh: "代偿率：越过档位后"),
]
