import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { colour } from './colour'

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer])

/** A drawing of figures that stand in a table beside it; `told` says what it shows. */
export default function Chart({ option, told }: { option: EChartsCoreOption; told: string }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return
    const chart = init(place.current, undefined, { renderer: 'svg' })
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: colour('--face'), color: colour('--ink') },
      grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true },
      ...option,
    })
    const resize = new ResizeObserver(() => chart.resize())
    resize.observe(place.current)
    return () => {
      resize.disconnect()
      chart.dispose()
    }
  }, [option])
  return <div ref={place} className="chart" role="img" aria-label={told} />
}
