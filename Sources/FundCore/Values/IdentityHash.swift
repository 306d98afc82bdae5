/// A name as a number of 64 bits: by it draws are addressed, whatever else stands beside the name.
///
/// FNV-1a over the UTF-8 bytes (http://www.isthe.com/chongo/tech/comp/fnv/), then the finaliser of
/// SplitMix64 (D. Stafford's mix 13), so that every bit of the name moves every bit of the number. It is
/// part of the reproducibility promise: the same name gives the same number in every version, on every
/// machine. Names are hashed as a reader hands them on, in their normal form.
public func identityHash(of name: String) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  hash = (hash ^ hash &>> 30) &* 0xBF58_476D_1CE4_E5B9
  hash = (hash ^ hash &>> 27) &* 0x94D0_49BB_1331_11EB
  return hash ^ hash &>> 31
}
