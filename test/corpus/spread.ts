import { type Carrier, carriers } from './carriers.ts';
import { type CorpusEntry, positive, type Template } from './entry.ts';
import { names } from './names.ts';

/** A secret in one of its forms, which can stand as a setting's value in many formats. */
export interface SecretForm {
  readonly id: string;
  /** Rules that may report it, the most exact one first. */
  readonly rules: readonly string[];
  /** Name of the setting, in words. */
  readonly name: string;
  /** The setting's value, the secret in it between `«` and `»`. */
  readonly value: Template;
  /** Carriers whose syntax cannot hold the value as it is. */
  readonly not?: readonly string[];
}

/** Each form in every `step`-th carrier, shifted from form to form so that all carriers come up. */
export function spread(forms: readonly SecretForm[], step: number): CorpusEntry[] {
  return forms.flatMap((form, i) =>
    carriers
      .filter((carrier, c) => (c + i) % step === 0 && form.not?.includes(carrier.id) !== true)
      .map(carrier => carried(form, carrier)),
  );
}

function carried(form: SecretForm, carrier: Carrier): CorpusEntry {
  return positive(`${form.id}/${carrier.id}`, carrier.path, form.rules, values =>
    carrier.write(names(form.name), form.value(values)),
  );
}
