/// Whether two numbers agree within a relative tolerance, or within it absolutely where 0 is expected.
func agree(_ value: Double, _ expected: Double, within tolerance: Double) -> Bool {
  let scale = expected == 0 ? 1 : abs(expected)
  return value == expected || abs(value - expected) <= tolerance * scale
}
