import { FeatureEditor } from './feature-editor'
import { ImportPanel } from './import-panel'
import type { GeodataPanelProps } from './panel-props'

/** 底数维护: for those who look after the city's ground. The feature at the chosen place, and files taken over as whole layers. */
export function GeodataPanel(props: GeodataPanelProps) {
  return (
    <>
      <FeatureEditor {...props} />
      <ImportPanel onLook={props.onLook} />
    </>
  )
}
