import type { CoordinateSystem } from './coordinate-system'

/**
 * Reads which system a `.prj` beside a Shapefile names (WKT 1 as ESRI writes it), and writes it. Of geographic systems only CGCS2000 and WGS 84 are known:
 * the shifted ones have no name there, so files in them carry this one, too.
 */
export function systemOfPrj(text: string): CoordinateSystem | undefined {
  const isPlane = /PROJCS\s*\[/i.test(text)
  if (!isPlane)
    return /CGCS_?2000|China_Geodetic_Coordinate_System_2000|China_2000|WGS_?(19)?84/i.test(text) ? { system: 'CGCS2000' } : undefined
  if (!/PROJECTION\s*\[\s*"(Gauss_Kruger|Transverse_Mercator)"/i.test(text)) return undefined
  const parameter = (name: string) => {
    const found = new RegExp(`PARAMETER\\s*\\[\\s*"${name}"\\s*,\\s*(-?[\\d.]+(?:e[+-]?\\d+)?)`, 'i').exec(text)?.[1]
    return found === undefined ? undefined : Number(found)
  }
  const centralMeridian = parameter('Central_Meridian')
  if (centralMeridian === undefined) return undefined
  return {
    system: 'gaussKruger',
    centralMeridian,
    falseEasting: parameter('False_Easting') ?? 500_000,
    falseNorthing: parameter('False_Northing') ?? 0,
    scale: parameter('Scale_Factor') ?? 1,
  }
}

const geographic =
  'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'

export function prjOf(system: CoordinateSystem): string {
  if (system.system !== 'gaussKruger') return geographic
  const { centralMeridian, falseEasting, falseNorthing, scale } = system
  const parameters = Object.entries({
    False_Easting: falseEasting,
    False_Northing: falseNorthing,
    Central_Meridian: centralMeridian,
    Scale_Factor: scale,
    Latitude_Of_Origin: 0,
  }).map(([name, value]) => `PARAMETER["${name}",${value}]`)
  const name = `CGCS2000_GK_CM_${centralMeridian}E`
  return `PROJCS["${name}",${geographic},PROJECTION["Gauss_Kruger"],${parameters.join(',')},UNIT["Meter",1.0]]`
}

/** Whether two say the same; a geographic `.prj` fits every system in degrees. */
export function isSameSystem(named: CoordinateSystem, declared: CoordinateSystem): boolean {
  if (named.system !== 'gaussKruger' || declared.system !== 'gaussKruger') {
    return named.system === 'gaussKruger' ? false : declared.system !== 'gaussKruger'
  }
  const isNear = (a: number, b: number, by: number) => Math.abs(a - b) <= by
  return (
    isNear(named.centralMeridian, declared.centralMeridian, 1e-6) &&
    isNear(named.falseEasting, declared.falseEasting, 0.01) &&
    isNear(named.falseNorthing, declared.falseNorthing, 0.01) &&
    isNear(named.scale, declared.scale, 1e-9)
  )
}
