import type { Stop } from '#shared/base/clock'
import type { Watch } from '../../../bridge/bridge'
import type { ButtonChange } from './button-acts'
import {
  type Button,
  bitOf,
  type Field,
  type HidCollection,
  type Lamps,
  readTelephony,
  type TelephonyReports,
  telephonyPage,
  writeLamps,
} from './telephony-report'

/** What is used of WebHID (https://wicg.github.io/webhid): TypeScript's own library has no types of it. */
export interface Hid extends EventTarget {
  getDevices(): Promise<readonly HidDevice[]>
  requestDevice(options: { readonly filters: readonly { readonly usagePage: number }[] }): Promise<readonly HidDevice[]>
}
export interface HidDevice extends EventTarget {
  readonly productName: string
  readonly opened: boolean
  readonly collections: readonly HidCollection[]
  open(): Promise<void>
  close(): Promise<void>
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>
}

export interface HeadsetButtonsState {
  /** Null: none is connected. */
  readonly name: string | null
  readonly buttons: readonly Button[]
}

/** The buttons and lamps of the headset, of whichever is plugged in and permitted. A headset that fails in the middle is as one that is not there. */
export interface HeadsetButtons extends Watch<HeadsetButtonsState> {
  /** The browser asks its person which; true when there is one afterwards. Only from a press. */
  choose(): Promise<boolean>
  show(lamps: Lamps): void
  readonly stop: Stop
}

interface Connected {
  readonly device: HidDevice
  readonly reports: TelephonyReports
  readonly bits: Map<Button, boolean>
}

const none: HeadsetButtonsState = { name: null, buttons: [] }

export function createHeadsetButtons(hid: Hid, onChange: (change: ButtonChange) => void): HeadsetButtons {
  const listeners = new Set<() => void>()
  let connected: Connected | null = null
  let state = none
  let lamps: Lamps | null = null
  let isStopped = false

  function become(next: Connected | null): void {
    connected = next
    state = next ? { name: next.device.productName || '耳机', buttons: Object.keys(next.reports.buttons) as Button[] } : none
    for (const listener of listeners) listener()
    if (lamps) light(lamps)
  }
  function light(wanted: Lamps): void {
    if (!connected) return
    // A headset that takes no lamps is no worse for its buttons.
    for (const [reportId, bytes] of writeLamps(connected.reports, wanted)) connected.device.sendReport(reportId, bytes).catch(() => {})
  }
  function read(event: Event): void {
    const { reportId, data } = event as Event & { readonly reportId: number; readonly data: DataView }
    if (!connected) return
    const { reports, bits } = connected
    for (const [button, field] of Object.entries(reports.buttons) as [Button, Field][]) {
      const isOn = bitOf(field, reportId, data)
      if (isOn === undefined || isOn === (bits.get(button) ?? false)) continue
      bits.set(button, isOn)
      onChange({ button, isOn, isLatch: field.isLatch })
    }
    // Some headsets put their own lamps out with the press; they are told again what is so.
    if (lamps) light(lamps)
  }
  async function adopt(device: HidDevice): Promise<void> {
    const reports = connected ? null : readTelephony(device.collections)
    if (!reports || isStopped) return
    try {
      if (!device.opened) await device.open()
    } catch {
      // Another program holds it.
      return
    }
    if (isStopped || connected) return void device.close().catch(() => {})
    device.addEventListener('inputreport', read)
    become({ device, reports, bits: new Map() })
  }
  function letGo(): void {
    if (!connected) return
    const { device } = connected
    device.removeEventListener('inputreport', read)
    device.close().catch(() => {})
    become(null)
  }
  async function look(): Promise<void> {
    for (const device of await hid.getDevices().catch(() => [])) await adopt(device)
  }
  const onConnect = (event: Event): void => void adopt((event as Event & { readonly device: HidDevice }).device)
  const onDisconnect = (event: Event): void => {
    if ((event as Event & { readonly device: HidDevice }).device !== connected?.device) return
    letGo()
    void look()
  }
  hid.addEventListener('connect', onConnect)
  hid.addEventListener('disconnect', onDisconnect)
  void look()

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async choose() {
      // Refused without a press or when nothing was chosen: nothing is there afterwards.
      for (const device of await hid.requestDevice({ filters: [{ usagePage: telephonyPage }] }).catch(() => [])) await adopt(device)
      return connected !== null
    },
    show(wanted) {
      const isNews = lamps === null || Object.entries(wanted).some(([lamp, on]) => lamps?.[lamp as keyof Lamps] !== on)
      lamps = wanted
      if (isNews) light(wanted)
    },
    stop() {
      isStopped = true
      hid.removeEventListener('connect', onConnect)
      hid.removeEventListener('disconnect', onDisconnect)
      letGo()
      listeners.clear()
    },
  }
}
