import { ask, useText } from '@fenqi/ui'
import { ProposeRules } from '../../parts/propose_rules'
import { api } from '../../session'
import { strategies as texts } from '../../texts/strategies'

/** A new version as the graph editor saved it; it decides nothing before it is proved and its use is approved. */
export function ProposeStrategy() {
  const text = useText(texts)
  return (
    <ProposeRules
      queryKey="strategies"
      send={(said) => ask(api.POST('/staff/strategies', { body: said }))}
      differing={{
        propose: text('propose'),
        name: text('nameTold'),
        remark: text('remark'),
        file: text('file'),
        text: text('fileText'),
        proposed: (version) => text('proposed', { version }),
      }}
    />
  )
}
