import { Permille, useText, type Shape } from '@fenqi/ui'
import type { ReactNode } from 'react'
import { useMe } from '../../parts/me'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { strategies as texts } from '../../texts/strategies'
import { EndHalt } from './end_halt'
import { Halt } from './halt'
import { VersionLink } from './version_link'

/** The champion, its challengers with their shares, the shadows, and whether deciding goes on at all. */
export function WhoDecides({ found }: { found: Shape['StrategyListShape'] }) {
  const text = useText(texts)
  const { has } = useMe()
  const open = found.halts.find((halt) => halt.ended_at === null)
  return (
    <Section title={text('whoDecides')}>
      <p role="status" className={found.is_halted ? 'notice' : undefined} data-look={found.is_halted ? 'bad' : undefined}>
        {text(found.is_halted ? 'halted' : 'running')}
      </p>
      {found.line_up ? (
        <Pairs
          pairs={[
            [text('champion'), <VersionLink version={found.line_up.champion} />],
            ...found.line_up.challengers.map((one, place): [string, ReactNode] => [
              `${text('challenger')} ${place + 1}`,
              <>
                <VersionLink version={one.version} /> · {text('share')} <Permille thousandths={one.share_permille} />
              </>,
            ]),
            ...found.line_up.shadows.map((one, place): [string, ReactNode] => [
              `${text('shadow')} ${place + 1}`,
              <VersionLink version={one.version} />,
            ]),
          ]}
        />
      ) : (
        <p>{text('nobody')}</p>
      )}
      {has('risk') && (open ? <EndHalt halt={open} /> : <Halt />)}
    </Section>
  )
}
