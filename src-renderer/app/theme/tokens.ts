import { type ThemeConfig, theme } from 'antd'

/**
 * The colours and measures of the workstation, once. `tokens.css` gives the same colours to plain CSS as variables; a test compares the two.
 * Nothing here decides which scheme is in force: that is `theme-provider.tsx`.
 */
export type Scheme = 'light' | 'dark'

export interface Palette {
  readonly primary: string
  readonly onPrimary: string
  readonly green: string
  readonly amber: string
  readonly red: string
  readonly frost: string
  readonly surface: string
  readonly pane: string
  readonly line: string
  readonly lineStrong: string
  readonly text: string
  readonly textSecondary: string
  readonly textDisabled: string
  readonly selected: string
  readonly overrun: string
}

export const palettes: Readonly<Record<Scheme, Palette>> = {
  light: {
    primary: '#1f5fbf',
    onPrimary: '#ffffff',
    green: '#2e8b57',
    amber: '#c77700',
    red: '#c62828',
    frost: '#6b7280',
    surface: '#f4f6f9',
    pane: '#ffffff',
    line: '#d9dee6',
    lineStrong: '#b9c2ce',
    text: '#1b2430',
    textSecondary: '#56616f',
    textDisabled: '#9aa4b1',
    selected: '#e6eefa',
    overrun: '#b71c1c',
  },
  dark: {
    primary: '#5b9bff',
    onPrimary: '#0b1423',
    green: '#4cc38a',
    amber: '#ffb340',
    red: '#ff6b6b',
    frost: '#9aa4b1',
    surface: '#12161d',
    pane: '#1a2029',
    line: '#2c3542',
    lineStrong: '#435063',
    text: '#e6ebf2',
    textSecondary: '#9fb0c3',
    textDisabled: '#5c6a7a',
    selected: '#22324b',
    overrun: '#ff8a8a',
  },
}

export const fontFamily = "'Noto Sans SC Variable', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif"

/** Ant Design's theme for a scheme. Lines take the place of shadows; motion stays under 120 ms and stops for people who asked for less. */
export function antdTheme(scheme: Scheme, wantsMotion: boolean): ThemeConfig {
  const colours = palettes[scheme]
  const outline = `0 0 0 1px ${colours.lineStrong}`
  return {
    algorithm: [scheme === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm, theme.compactAlgorithm, withMeasures(colours)],
    token: {
      ...colourTokens(colours),
      fontFamily,
      borderRadius: 4,
      fontWeightStrong: 600,
      boxShadow: outline,
      boxShadowSecondary: outline,
      boxShadowTertiary: 'none',
      motion: wantsMotion,
      motionDurationFast: '60ms',
      motionDurationMid: '100ms',
      motionDurationSlow: '120ms',
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        primaryColor: colours.onPrimary,
        paddingInline: 10,
        contentFontSizeLG: 13,
      },
      Input: { activeShadow: `0 0 0 1px ${colours.primary}`, errorActiveShadow: `0 0 0 1px ${colours.red}`, warningActiveShadow: 'none' },
      InputNumber: { activeShadow: 'none' },
      Select: { optionSelectedBg: colours.selected, optionHeight: 28 },
      Table: {
        cellPaddingBlock: 5,
        cellPaddingBlockSM: 5,
        cellFontSize: 12,
        cellFontSizeSM: 12,
        headerBg: colours.surface,
        rowHoverBg: colours.surface,
      },
      Splitter: { splitBarSize: 1, splitTriggerSize: 8, splitBarDraggableSize: 24 },
      Modal: { titleFontSize: 15 },
      Tabs: { horizontalItemPadding: '8px 0', titleFontSize: 13 },
    },
  }
}

type Algorithm = NonNullable<Extract<ThemeConfig['algorithm'], readonly unknown[]>>[number]

/**
 * The compact algorithm only knows even sizes (12 px text, 24 px controls), and the dark one mutes every colour it is given: this puts ours over
 * their map, so that everything derived follows.
 */
const withMeasures =
  (colours: Palette): Algorithm =>
  (seed, map) => ({
    ...(map ?? theme.defaultAlgorithm(seed)),
    colorPrimary: colours.primary,
    colorLink: colours.primary,
    colorInfo: colours.primary,
    colorSuccess: colours.green,
    colorWarning: colours.amber,
    colorError: colours.red,
    fontSize: 13,
    fontSizeSM: 12,
    fontSizeLG: 15,
    fontSizeXL: 20,
    fontSizeHeading5: 15,
    lineHeight: 20 / 13,
    lineHeightSM: 18 / 12,
    lineHeightLG: 20 / 15,
    fontHeight: 20,
    fontHeightSM: 18,
    fontHeightLG: 20,
    controlHeight: 28,
    controlHeightSM: 24,
    controlHeightLG: 36,
    controlHeightXS: 16,
    borderRadiusLG: 4,
    borderRadiusSM: 3,
    borderRadiusXS: 2,
  })

function colourTokens(colours: Palette): NonNullable<ThemeConfig['token']> {
  return {
    colorPrimary: colours.primary,
    colorLink: colours.primary,
    colorInfo: colours.primary,
    colorSuccess: colours.green,
    colorWarning: colours.amber,
    colorError: colours.red,
    colorErrorText: colours.overrun,
    colorBgBase: colours.pane,
    colorBgContainer: colours.pane,
    colorBgElevated: colours.pane,
    colorBgLayout: colours.surface,
    colorBorder: colours.lineStrong,
    colorBorderSecondary: colours.line,
    colorSplit: colours.line,
    colorText: colours.text,
    colorTextHeading: colours.text,
    colorTextSecondary: colours.textSecondary,
    colorTextTertiary: colours.textSecondary,
    colorTextDescription: colours.textSecondary,
    colorTextPlaceholder: colours.textSecondary,
    colorTextDisabled: colours.textDisabled,
    colorIcon: colours.textSecondary,
    colorBgMask: `${colours.surface}99`,
    controlItemBgActive: colours.selected,
    colorTextLightSolid: colours.onPrimary,
    // Tooltips: the text colour turned inside out, readable in both schemes.
    colorBgSpotlight: colours.text,
  }
}
