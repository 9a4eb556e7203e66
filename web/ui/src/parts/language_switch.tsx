import { useLanguage, useText } from '../i18n/language'
import { shared } from '../i18n/shared'

/** The way from one language to the other, named in the other. */
export function LanguageSwitch() {
  const { language, choose } = useLanguage()
  const text = useText(shared)
  const other = language === 'en' ? 'zh-CN' : 'en'
  return (
    <button type="button" className="button" data-look="plain" onClick={() => choose(other)}>
      <span className="unseen">{text('language')}: </span>
      <span lang={other}>{other === 'en' ? 'English' : '中文'}</span>
    </button>
  )
}
