import { formatMetres } from '../distance'
import { Lamp } from '../lamp'

/** A photo taken farther from the place than this hardly shows the place, even where a position is read between tall buildings. */
const farM = 500

/** `距落点 4 m`: how far from the place of the case a photo was taken; from afar with a lamp that warns. */
export function PhotoDistance({ metres }: { readonly metres: number }) {
  const isFar = metres > farM
  return (
    <span className="photos-caption-distance" {...(isFar && { title: '拍摄位置离案卷落点很远，请核对是不是同一处。' })}>
      {isFar && <Lamp tone="amber" label="拍摄位置过远" />} {`距落点 ${formatMetres(metres)}`}
    </span>
  )
}
