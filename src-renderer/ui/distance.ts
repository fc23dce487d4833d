/** `4 m`, `2.3 km`, `2577 km`: as exact as anybody needs it. */
export function formatMetres(metres: number): string {
  if (Math.round(metres) < 1_000) return `${Math.round(metres)} m`
  const km = metres / 1_000
  return `${Math.round(km) < 100 ? km.toFixed(1) : Math.round(km)} km`
}
