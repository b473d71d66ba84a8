import type { Unit } from '@fovea/client';
import { keyFacts } from '../unit-summary.ts';

interface UnitPreviewProps {
  unit: Unit;
  /** Addresses, the most telling first; none where nothing was made yet. */
  pictures: readonly string[];
}

const ink = '#1b2430';
const muted = '#5d6875';
const accent = '#1d6fa8';

/** Drawn by satori, which knows flex boxes and inline styles only. */
export function UnitPreview({ unit, pictures: [main, ...others] }: UnitPreviewProps) {
  const { model, layer, channel, label, branch, tags } = unit;
  return (
    <div style={{ display: 'flex', width: '100%', height: '100%', background: '#ffffff', color: ink }}>
      <div style={{ display: 'flex', width: 630, height: 630, background: '#e9ecef' }}>
        {main && <img src={main} alt="" width={630} height={630} />}
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', flex: 1, padding: 40 }}>
        <div style={{ display: 'flex', fontSize: 26, color: muted }}>{model}</div>
        <div style={{ display: 'flex', fontSize: nameSize(layer.name), fontWeight: 700, marginTop: 4 }}>
          {layer.name}:{channel}
        </div>
        <div style={{ display: 'flex', fontSize: 24, color: muted, marginTop: 4 }}>
          {label ?? branch ?? `${layer.kind}, ${layer.channels} channels`}
        </div>
        <div style={{ display: 'flex', flexDirection: 'column', marginTop: 24, fontSize: 26 }}>
          {keyFacts(unit)
            .slice(0, 5)
            .map(({ title, value }) => (
              <div key={title} style={{ display: 'flex', justifyContent: 'space-between', marginTop: 6 }}>
                <span style={{ color: muted }}>{title}</span>
                <span>{value}</span>
              </div>
            ))}
        </div>
        <div style={{ display: 'flex', flexWrap: 'wrap', marginTop: 16, fontSize: 22, color: accent }}>
          {tags.slice(0, 4).map((tag) => (
            <span key={tag} style={{ marginRight: 14 }}>
              #{tag}
            </span>
          ))}
        </div>
        <div
          style={{
            display: 'flex',
            marginTop: 'auto',
            justifyContent: 'space-between',
            alignItems: 'flex-end',
          }}
        >
          <div style={{ display: 'flex' }}>
            {others.slice(0, 3).map((src) => (
              <img key={src} src={src} alt="" width={104} height={104} style={{ marginRight: 10 }} />
            ))}
          </div>
          <span style={{ fontSize: 26, fontWeight: 700, color: accent }}>Fovea</span>
        </div>
      </div>
    </div>
  );
}

/** Long names of layers must fit. */
const nameSize = (name: string) => Math.max(24, Math.min(56, 780 / (name.length + 4)));
