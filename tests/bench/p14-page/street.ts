/** A street with traffic, grain and a clock: what a coder finds as hard as a camera's picture, and never the same twice. */
export const filmSize = { width: 640, height: 360 } as const

const cars = 9
const grains = 900

export function drawStreet(canvas: OffscreenCanvas, atS: number): void {
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('no canvas')
  const { width, height } = filmSize
  const sky = context.createLinearGradient(0, 0, 0, height)
  sky.addColorStop(0, '#93a7b5')
  sky.addColorStop(1, '#4d5257')
  context.fillStyle = sky
  context.fillRect(0, 0, width, height)
  for (let house = 0; house < 8; house++) {
    context.fillStyle = `hsl(${house * 40}, 12%, ${35 + (house % 3) * 9}%)`
    context.fillRect(house * 82, 40 + (house % 4) * 18, 74, 150)
  }
  for (let car = 0; car < cars; car++) {
    const x = ((atS * (40 + car * 17) + car * 90) % (width + 80)) - 80
    context.fillStyle = `hsl(${car * 47}, 55%, 48%)`
    context.fillRect(x, 205 + (car % 4) * 36, 62, 24)
  }
  for (let grain = 0; grain < grains; grain++) {
    context.fillStyle = grain % 2 === 0 ? 'rgba(255,255,255,.10)' : 'rgba(0,0,0,.10)'
    context.fillRect(Math.random() * width, Math.random() * height, 2, 2)
  }
  context.fillStyle = '#fff'
  context.font = '20px monospace'
  context.fillText(atS.toFixed(2), width - 110, 28)
}
