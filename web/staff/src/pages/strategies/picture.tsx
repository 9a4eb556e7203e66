import { useText, type Shape } from '@fenqi/ui'
import { useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Section } from '../../parts/section'
import { strategies as texts } from '../../texts/strategies'
import './picture.css'

type Strategy = Shape['StrategyShape']
type Node = Shape['DrawnNodeShape']

const WIDTH = 240
const HEIGHT = 76
const LINE = 17
const LINES_SHOWN = 2
const LETTERS = 34
const EDGE = 24

/** The graph as its author laid it out; the chosen node's content stands below. */
export function Picture({ strategy }: { strategy: Strategy }) {
  const text = useText(texts)
  const [chosen, choose] = useState(strategy.nodes[0]?.node_id)
  const byId = new Map(strategy.nodes.map((node) => [node.node_id, node]))
  const left = Math.min(...strategy.nodes.map((node) => node.x)) - EDGE
  const top = Math.min(...strategy.nodes.map((node) => node.y)) - EDGE
  const width = Math.max(...strategy.nodes.map((node) => node.x)) + WIDTH + EDGE - left
  const height = Math.max(...strategy.nodes.map((node) => node.y)) + HEIGHT + EDGE - top
  const shown = chosen === undefined ? undefined : byId.get(chosen)
  return (
    <Section title={text('picture')}>
      <p>{text('pictureTold', { nodes: strategy.nodes.length, edges: strategy.edges.length })}</p>
      <div className="graph" role="region" aria-label={text('picture')} tabIndex={0}>
        <svg width={width} height={height} viewBox={`${left} ${top} ${width} ${height}`} aria-hidden="true">
          {strategy.edges.map((edge) => (
            <Way key={`${edge.source} ${edge.target} ${edge.label}`} from={byId.get(edge.source)} to={byId.get(edge.target)} label={edge.label} />
          ))}
          {strategy.nodes.map((node) => (
            <Box key={node.node_id} node={node} isChosen={node.node_id === chosen} choose={() => choose(node.node_id)} />
          ))}
        </svg>
      </div>
      <ChoiceList
        label={text('node')}
        value={chosen ?? ''}
        options={strategy.nodes.map((node) => ({ value: node.node_id, label: node.name }))}
        onChange={choose}
      />
      {shown && (
        <ol className="graph-lines">
          {shown.lines.map((line) => (
            <li key={line}>
              <code>{line}</code>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

function Box({ node, isChosen, choose }: { node: Node; isChosen: boolean; choose: () => void }) {
  const rest = node.lines.length - LINES_SHOWN
  return (
    <g className="graph-node" data-kind={node.kind} data-chosen={isChosen || undefined} onClick={choose}>
      <rect x={node.x} y={node.y} width={WIDTH} height={HEIGHT} rx={8} />
      <text x={node.x + 10} y={node.y + LINE + 2} className="graph-name">
        {short(node.name)}
      </text>
      {node.lines.slice(0, LINES_SHOWN).map((line, place) => (
        <text key={line} x={node.x + 10} y={node.y + LINE * (place + 2) + 4}>
          {short(line)}
          {place === LINES_SHOWN - 1 && rest > 0 ? ` +${rest}` : ''}
        </text>
      ))}
    </g>
  )
}

function Way({ from, to, label }: { from: Node | undefined; to: Node | undefined; label: string }) {
  if (!from || !to) return null
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2]
  const bend = Math.max(40, Math.abs(x2 - x1) / 2)
  return (
    <g className="graph-way">
      <path d={`M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`} />
      {label && (
        <text x={(x1 + x2) / 2} y={(y1 + y2) / 2 - 6} textAnchor="middle">
          {short(label)}
        </text>
      )}
    </g>
  )
}

function short(words: string): string {
  return words.length > LETTERS ? `${words.slice(0, LETTERS - 1)}…` : words
}
