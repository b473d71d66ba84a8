'use client';
import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { toast } from 'sonner';
import { Button } from '../ui/button.tsx';
import { circuitOf, type Circuit } from './circuit.ts';
import { readCircuitJson, type CircuitFile } from './circuit-file.ts';
import { useDescribeCircuit } from './use-describe-circuit.ts';

interface ImportButtonProps {
  onImport: (file: CircuitFile, circuit: Circuit) => void;
}

/** Takes a circuit from a file that was exported as JSON. */
export function ImportButton({ onImport }: ImportButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const describe = useDescribeCircuit();

  async function read(file: File) {
    try {
      const circuit = readCircuitJson(await file.text());
      onImport(circuit, circuitOf(circuit.graph, await describe(circuit)));
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'The file could not be read');
    }
  }

  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label="File of a circuit"
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void read(file);
          // The same file may be chosen again once it was mended.
          target.value = '';
        }}
      />
      <Button onClick={() => input.current?.click()}>
        <Upload aria-hidden />
        Import JSON
      </Button>
    </>
  );
}
