import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { useBridge } from '../../bridge/react'
import { type City, type CityDocuments, cityOf } from './city'
import { type PlaceSearch, placeSearchOf } from './find-places'
import { readCity, useCityEntries } from './read-city'

/**
 * The ground of the city once for a whole window, however many maps it shows: documents are read when the first map asks, and again when one of
 * them changes. Without OpenLayers, so that the frame can hold it before anybody looks at a map.
 */
interface Ground {
  /** Undefined until the first answers came. */
  readonly city: City | undefined
  /** Says that somebody shows a map. */
  want(): void
  /** Made on the first search: names in pinyin take a moment. */
  search(): PlaceSearch
}

const GroundContext = createContext<Ground | undefined>(undefined)

export function CityProvider({ children }: { readonly children: ReactNode }) {
  const { call } = useBridge()
  const [isWanted, setWanted] = useState(false)
  const { entries, key } = useCityEntries()
  const [documents, setDocuments] = useState<CityDocuments>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the documents.
  useEffect(() => {
    if (!isWanted || !entries) return
    let isCurrent = true
    void readCity(call, entries).then((read) => isCurrent && setDocuments(read))
    return () => {
      isCurrent = false
    }
  }, [call, key, isWanted])
  const city = useMemo(() => documents && cityOf(documents), [documents])
  const ground = useMemo((): Ground => {
    let made: PlaceSearch | undefined
    return {
      city,
      want: () => setWanted(true),
      search() {
        made ??= city ? placeSearchOf(city) : () => []
        return made
      },
    }
  }, [city])
  return <GroundContext value={ground}>{children}</GroundContext>
}

function useGround(): Ground {
  const ground = useContext(GroundContext)
  if (!ground) throw new Error('a map needs a CityProvider above it')
  return ground
}

export function useCity(): City | undefined {
  const { city, want } = useGround()
  useEffect(want, [want])
  return city
}

/** Finds places by name, pinyin and code. */
export function usePlaceSearch(): PlaceSearch {
  const { search } = useGround()
  return useMemo(() => (query: string) => search()(query), [search])
}
