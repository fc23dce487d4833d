import type { Position } from './position'

/**
 * The plane of Baidu's map tiles: BD-09 degrees into metres by a polynomial for each fifteen degrees of latitude, close to the spherical Mercator projection
 * but not it. The coefficients are those of Baidu's public script interface. Back from the plane there are coefficients, too, but they undo the others only
 * within a metre: here the way back is the way there, undone by Newton's rule.
 */
type Row = readonly [number, number, number, number, number, number, number, number, number, number]

/** From which latitude a row holds; the last one up to 75°, north of anything that is mapped here. */
const bands: readonly (readonly [from: number, row: Row])[] = [
  [
    60,
    [
      0.0008277824516172526, 111320.7020463578, 647795574.6671607, -4082003173.641316, 10774905663.51142, -15171875531.51559,
      12053065338.62167, -5124939663.577472, 913311935.9512032, 67.5,
    ],
  ],
  [
    45,
    [
      0.00337398766765, 111320.7020202162, 4481351.045890365, -23393751.19931662, 79682215.47186455, -115964993.2797253, 97236711.15602145,
      -43661946.33752821, 8477230.501135234, 52.5,
    ],
  ],
  [
    30,
    [
      0.00220636496208, 111320.7020209128, 51751.86112841131, 3796837.749470245, 992013.7397791013, -1221952.21711287, 1340652.697009075,
      -620943.6990984312, 144416.9293806241, 37.5,
    ],
  ],
  [
    15,
    [
      -0.0003441963504368392, 111320.7020576856, 278.2353980772752, 2485758.690035394, 6070.750963243378, 54821.18345352118,
      9540.606633304236, -2710.55326746645, 1405.483844121726, 22.5,
    ],
  ],
  [
    0,
    [
      -0.0003218135878613132, 111320.7020701615, 0.00369383431289, 823725.6402795718, 0.46104986909093, 2351.343141331292, 1.58060784298199,
      8.77738589078284, 0.37239884252424, 7.45,
    ],
  ],
]

export function baiduPlaneOf({ lng, lat }: Position): readonly [east: number, north: number] {
  const row = rowAt(Math.abs(lat))
  return [Math.sign(lng) * (row[0] + row[1] * Math.abs(lng)), Math.sign(lat) * northing(Math.abs(lat), row)]
}

export function baiduPositionOf([east, north]: readonly [number, number]): Position {
  const wanted = Math.abs(north)
  // A Mercator metre here is a degree at the equator divided by 111 320, stretched towards the poles: a good first guess.
  let lat = (2 * Math.atan(Math.exp(wanted / 6_378_206)) - Math.PI / 2) * (180 / Math.PI)
  for (let round = 0; round < 12; round++) {
    const row = rowAt(lat)
    const missing = wanted - northing(lat, row)
    if (Math.abs(missing) < 1e-5) break
    lat += missing / slope(lat, row)
  }
  const row = rowAt(lat)
  return { lng: Math.sign(east) * ((Math.abs(east) - row[0]) / row[1]), lat: Math.sign(north) * lat }
}

const rowAt = (lat: number): Row => (bands.find(([from]) => lat >= from) ?? (bands.at(-1) as (typeof bands)[number]))[1]

function northing(lat: number, row: Row): number {
  const share = lat / row[9]
  let sum = 0
  for (let power = 6; power >= 0; power--) sum = sum * share + (row[power + 2] ?? 0)
  return sum
}

/** Metres a degree. */
function slope(lat: number, row: Row): number {
  const share = lat / row[9]
  let sum = 0
  for (let power = 6; power >= 1; power--) sum = sum * share + power * (row[power + 2] ?? 0)
  return sum / row[9]
}
