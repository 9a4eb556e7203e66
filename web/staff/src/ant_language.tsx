import { useLanguage } from '@fenqi/ui'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'

/* What is under the pointer is darker, not lighter: it must stay readable on a row that is lit, or as a button. */
const TOKENS = {
  colorPrimary: '#0b57d0',
  colorPrimaryHover: '#0842a0',
  colorPrimaryActive: '#0842a0',
  colorLink: '#0b57d0',
  colorLinkHover: '#0842a0',
  colorLinkActive: '#0842a0',
  colorError: '#b3261e',
  borderRadius: 6,
  fontFamily: 'var(--face)',
}

/** Ant Design in the reader's language and in our colours. */
export function AntLanguage({ children }: { children: ReactNode }) {
  const { language } = useLanguage()
  const locale = language === 'en' ? enUS : zhCN
  return (
    <ConfigProvider button={{ autoInsertSpace: false }} locale={locale} theme={{ token: TOKENS }}>
      {children}
    </ConfigProvider>
  )
}
