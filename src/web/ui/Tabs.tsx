import { type ReactNode, useEffect, useRef } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs';

/** On a narrow screen the chosen tab may lie beside what is seen. */
function useInView(selected: string | undefined) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is chosen
  useEffect(() => {
    // The list is filled after it is there.
    const drawn = requestAnimationFrame(() => {
      const tab = list.current?.querySelector('[aria-selected=true]');
      tab?.scrollIntoView({ block: 'nearest', inline: 'center' });
    });
    return () => cancelAnimationFrame(drawn);
  }, [selected]);
  return list;
}

/** Parts of a page shown one at a time. */
export function Tabs({
  label,
  tabs,
  selected,
  onSelect,
}: {
  label: string;
  tabs: readonly { id: string; name: ReactNode; panel: ReactNode }[];
  selected?: string;
  onSelect?: (id: string) => void;
}) {
  const list = useInView(selected);
  return (
    <AriaTabs
      {...(selected === undefined ? {} : { selectedKey: selected })}
      {...(onSelect ? { onSelectionChange: (key) => onSelect(String(key)) } : {})}
    >
      <TabList
        ref={list}
        aria-label={label}
        className="mb-6 flex gap-6 overflow-x-auto overflow-y-hidden border-b border-line"
      >
        {tabs.map((tab) => (
          <Tab
            key={tab.id}
            id={tab.id}
            className="-mb-px flex min-h-11 cursor-pointer items-center border-b-2 border-transparent whitespace-nowrap text-soft hover:text-ink data-[selected]:border-accent data-[selected]:font-semibold data-[selected]:text-ink"
          >
            {tab.name}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id}>
          {tab.panel}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
