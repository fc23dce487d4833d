import { App as AntdApp, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useTopic } from '../../bridge/react'
import { paintScheme, rememberedTheme, rememberTheme, type ThemeChoice } from './first-paint'
import { antdTheme, type Scheme } from './tokens'

/** Puts the theme the person chose (or the system's) on everything below, in Ant Design and in the CSS variables alike. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const scheme = useScheme()
  const wantsMotion = !useMedia('(prefers-reduced-motion: reduce)')
  const config = useMemo(() => antdTheme(scheme, wantsMotion), [scheme, wantsMotion])
  return (
    <ConfigProvider locale={zhCN} theme={config} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      {/* Results show in the top bar: lower down they would hide the banner, a pane's title or what is typed into the command line. */}
      <AntdApp component={false} message={{ maxCount: 3, top: 56 }} notification={{ placement: 'bottomRight', bottom: 36, maxCount: 3 }}>
        {children}
      </AntdApp>
    </ConfigProvider>
  )
}

/** The scheme in force. Before the core answered, the one remembered from last time. */
export function useScheme(): Scheme {
  const theme: ThemeChoice = useTopic('settings.changed')?.theme ?? rememberedTheme()
  const systemIsDark = useMedia('(prefers-color-scheme: dark)')
  const isDark = theme === 'dark' || (theme === 'system' && systemIsDark)
  const scheme = isDark ? 'dark' : 'light'
  useEffect(() => paintScheme(scheme), [scheme])
  useEffect(() => rememberTheme(theme), [theme])
  return scheme
}

function useMedia(query: string): boolean {
  const list = useMemo(() => window.matchMedia(query), [query])
  return useSyncExternalStore(
    (listener) => {
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => list.matches,
  )
}
