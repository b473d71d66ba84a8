import { ChevronRight } from 'lucide-react';
import Link from 'next/link';

/** Models, the model, the layer. */
export function Breadcrumb({ model, layer }: { model: string; layer: string }) {
  const ofModel = `/models/${encodeURIComponent(model)}`;
  const steps = [
    { href: '/models', text: 'Models' },
    { href: ofModel, text: model },
    { href: `${ofModel}/${encodeURIComponent(layer)}`, text: layer },
  ];
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-1 text-xs text-muted">
        {steps.map(({ href, text }, index) => (
          <li key={href} className="flex items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden className="size-3" />}
            <Link href={href} className="hover:text-ink hover:underline">
              {text}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
