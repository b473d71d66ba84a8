import { Progress } from 'radix-ui';

interface ProgressBarProps {
  label: string;
  value: number;
  total: number;
  /** What a screen reader says instead of the bare percentage. */
  valueText?: string;
}

export function ProgressBar({ label, value, total, valueText }: ProgressBarProps) {
  const share = total > 0 ? Math.min(1, value / total) : 0;
  return (
    <Progress.Root
      aria-label={label}
      value={Math.min(value, Math.max(1, total))}
      max={Math.max(1, total)}
      getValueLabel={() => valueText ?? `${Math.round(share * 100)} %`}
      className="h-1.5 w-full overflow-hidden rounded-full bg-sunken"
    >
      <Progress.Indicator
        className="h-full origin-left rounded-full bg-accent transition-transform duration-300 ease-out"
        style={{ transform: `scaleX(${share})` }}
      />
    </Progress.Root>
  );
}
