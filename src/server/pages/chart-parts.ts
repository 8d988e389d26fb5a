/** What of echarts a chart here is made of, named one by one, so that a build leaves out the rest. */
export { BarChart } from 'echarts/charts';
export { GridComponent, MarkAreaComponent } from 'echarts/components';
export { init, use } from 'echarts/core';
export { SVGRenderer } from 'echarts/renderers';
