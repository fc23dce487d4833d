import type { Extent } from 'ol/extent'
import type { FeatureLike } from 'ol/Feature'
import MVT from 'ol/format/MVT'
import VectorTileLayer from 'ol/layer/VectorTile'
import type Projection from 'ol/proj/Projection'
import VectorTileSource from 'ol/source/VectorTile'
import type { StyleLike } from 'ol/style/Style'
import TileState from 'ol/TileState'
import type VectorTile from 'ol/VectorTile'
import { PMTiles } from 'pmtiles'

/**
 * Areas and roads from the archive of vector tiles that the centre cut and this seat keeps (PMTiles 3): a map of a large city draws what is in view, and not
 * every road of it. Only shapes: a name that a tile border cuts would stand there twice, so names come from the documents.
 */
export interface MapArchive {
  /** Of this very page, also without the centre. */
  readonly address: string
  readonly minZoom: number
  readonly maxZoom: number
}

export interface TileGround {
  layerOf(style: StyleLike, zIndex: number): VectorTileLayer
}

const wanted = ['district', 'street', 'community', 'road']

/** `onBroken`: the archive cannot be read; said once. */
export function tileGround({ address, minZoom, maxZoom }: MapArchive, onBroken: () => void): TileGround {
  const archive = new PMTiles(new URL(address, location.href).href)
  const format = new MVT({ layers: wanted })
  let isBroken = false
  const source = new VectorTileSource({
    ...{ format, minZoom, maxZoom },
    tileUrlFunction: ([z, x, y]) => `${z}/${x}/${y}`,
    tileLoadFunction(given) {
      const tile = given as VectorTile<FeatureLike>
      async function read(extent: Extent, featureProjection: Projection): Promise<void> {
        const [z = 0, x = 0, y = 0] = tile.getTileCoord()
        try {
          const found = await archive.getZxy(z, x, y)
          tile.setFeatures(found ? format.readFeatures(found.data, { extent, featureProjection }) : [])
        } catch {
          tile.setState(TileState.ERROR)
          if (!isBroken) onBroken()
          isBroken = true
        }
      }
      tile.setLoader((extent, _resolution, projection) => void read(extent, projection))
    },
  })
  return { layerOf: (style, zIndex) => new VectorTileLayer({ source, style, zIndex }) }
}

/** Of which layer of the archive a feature is. */
export const tileLayerOf = (feature: FeatureLike): string => String(feature.get('layer'))
