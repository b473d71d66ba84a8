import type { Metadata } from 'next';
import { NewStimulusSetPage } from '../../../../stimuli/new-stimulus-set-page.tsx';

export const metadata: Metadata = { title: 'New stimulus set' };

export default function Page() {
  return <NewStimulusSetPage />;
}
