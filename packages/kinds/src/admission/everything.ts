/** Plugins that look at nothing: one that lets everything pass, one that refuses everything. Deprecated, kept for old command lines. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import { refusal } from './refuse.ts';

export const alwaysAdmit: AdmissionPlugin = { name: 'AlwaysAdmit', handles: () => false };

export const alwaysDeny: AdmissionPlugin = {
  name: 'AlwaysDeny',
  handles: () => true,
  validate(attributes) {
    throw refusal(attributes, 'admission control is denying all modifications');
  },
};
