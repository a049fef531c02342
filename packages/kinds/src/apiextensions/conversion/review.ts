/**
 * What a conversion webhook is asked, and whether its answer is one: ConversionReview of apiextensions.k8s.io. Errors are plain, in
 * upstream's words; whoever asked puts the kind in front.
 */
import { decodeObject } from '@navarch/api/schema/decode';
import { structOf } from '@navarch/api/schema/registry';
import type { ConversionReview } from '@navarch/api/types/apiextensions/v1/conversion-review';
import { decodeJson } from '@navarch/codec/json';
import { listOf } from '../../nil.ts';

export interface ConversionQuestion {
  readonly uid: string;
  readonly version: string;
  readonly review: ConversionReview;
}

const group = 'apiextensions.k8s.io';
const knownVersions = ['v1', 'v1beta1'];

/** In the first version of `reviewVersions` that we speak; throws an Error when there is none. */
export function conversionQuestion(
  objects: readonly object[],
  desiredAPIVersion: string,
  reviewVersions: readonly string[],
  uid: string,
): ConversionQuestion {
  const version = reviewVersions.find((each) => knownVersions.includes(each));
  if (version === undefined) throw new Error('no supported conversion review versions');
  const request = { uid, desiredAPIVersion, objects };
  const review = { kind: 'ConversionReview', apiVersion: `${group}/${version}`, request };
  // Objects are raw values.
  return { uid, version, review: review as unknown as ConversionReview };
}

/** The objects of an answer that says that it worked. Throws an Error otherwise. */
export function convertedObjects(
  text: string,
  { uid, version }: ConversionQuestion,
): readonly unknown[] {
  const { value, error } = decodeObject(
    structOf('apiextensions/v1.ConversionReview'),
    decodeJson(text),
  );
  if (error !== undefined) throw new Error(error);
  const { kind = '', apiVersion = '', response } = value as unknown as ConversionReview;
  // Reviews of v1beta1 were never checked for these.
  if (version === 'v1' && (kind !== 'ConversionReview' || apiVersion !== `${group}/v1`)) {
    const given = apiVersion === '' ? '/' : apiVersion;
    const expected = `${group}/v1, Kind=ConversionReview`;
    throw new Error(`expected webhook response of ${expected}, got ${given}, Kind=${kind}`);
  }
  if (!response) throw new Error('no response provided');
  if (version === 'v1' && response.uid !== uid) {
    const [expected, got] = [JSON.stringify(uid), JSON.stringify(response.uid)];
    throw new Error(`expected response.uid=${expected}, got ${got}`);
  }
  const { status = '', message = '' } = response.result;
  if (status !== 'Success') {
    throw new Error(message || `response.result.status was '${status}', not 'Success'`);
  }
  return listOf(response.convertedObjects);
}
