import { useQuery } from '@tanstack/react-query';
import type { Answer } from '../../web/api.ts';
import { ChartFigure } from '../../web/chart/ChartFigure.tsx';
import { DrawingView } from '../../web/chart/DrawingView.tsx';
import type { ChartData } from '../../web/chart/data.ts';
import type { Ink } from '../../web/chart/drawing.ts';
import { type Node, sankeyDrawing } from '../../web/chart/sankey.ts';
import { useFormats } from '../../web/format.ts';
import { casesPath, overviewPath, type Search } from '../../web/paths.ts';
import { Loaded } from '../../web/ui/Loaded.tsx';
import type fa from './fa.ts';
import { flowQuery } from './queries.ts';
import { useWords } from './words.ts';

type Branch = Answer<'/api/flow'>['branches'][number];
type BranchName = keyof (typeof fa)['overview']['branches'];
type Props = { readonly search: Search; readonly scope: string };

/** What goes on is in the first ink, what waits in the second, what ended in the third. */
const inks: Readonly<Record<string, Ink>> = {
  underReview: 'chart-2',
  atBank: 'chart-2',
  returned: 'chart-2',
  notReferred: 'chart-4',
  refused: 'chart-3',
  withdrawn: 'chart-3',
  permitOver: 'chart-3',
  bankRefused: 'chart-3',
};

function useNodes(branches: readonly Branch[], search: Search): Node[] {
  const t = useWords();
  const { count } = useFormats();
  const { from, to, agency, bank, county, kind } = search;
  return branches.map(({ id, parent, cases }) => ({
    ...{ id, parent: parent ?? undefined, value: cases, text: count(cases) },
    label: t(`overview.branches.${id as BranchName}`),
    href: casesPath({ flow: id, from, to, agency, bank, county, kind }),
    ink: inks[id] ?? 'chart-1',
  }));
}

function useData(nodes: readonly Node[], { search, scope }: Props): ChartData {
  const t = useWords();
  return {
    ...{ id: 'flow', title: t('overview.flow'), scope },
    link: `${overviewPath(search)}#flow`,
    keyHeader: t('overview.branch'),
    columns: [{ key: 'cases', header: t('overview.cases') }],
    rows: nodes.map(({ id, label, value, text, href }) => ({
      ...{ key: id, label },
      cells: { cases: { value, text, exact: String(value), ...(href ? { href } : {}) } },
    })),
  };
}

function Drawn({ branches, ...props }: Props & { branches: readonly Branch[] }) {
  const t = useWords();
  const { lang } = useFormats();
  const nodes = useNodes(branches, props.search);
  const data = useData(nodes, props);
  const drawing = sankeyDrawing(nodes, 1040, lang === 'fa');
  return (
    <ChartFigure data={data} column="cases" shape="bars" drawing={drawing}>
      <p className="pb-4 text-sm text-soft">
        {t('overview.flowNote')} {t('overview.flowOnly')}
      </p>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={data.title}
        className="overflow-x-auto"
      >
        <div className="min-w-[52rem]">
          <DrawingView drawing={drawing} label={data.title} />
        </div>
      </section>
    </ChartFigure>
  );
}

/** Where the cases that began in the period stand now, as streams that divide; each opens its list. */
export function CaseFlow(props: Props) {
  const { from, to } = props.search;
  const flow = useQuery(flowQuery(props.search));
  if (!from || !to) return null;
  return (
    <Loaded query={flow} shape="chart">
      {({ branches }) => <Drawn {...props} branches={branches} />}
    </Loaded>
  );
}
