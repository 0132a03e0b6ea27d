import { describe, expect, it } from 'vitest';
import {
  connectionStringFields,
  escapedDoubleQuote,
  parseConnectionString,
} from '../../../src/core/formats/connection-string.ts';

const fields = (text: string): Record<string, string> => Object.fromEntries(connectionStringFields(text));

describe('connection strings', () => {
  it('reads keys in any order and letter case, white space collapsed', () => {
    expect(fields('User  ID=app; SERVER = tcp:h,1433 ;Token=p=q==')).toEqual({
      'user id': 'app',
      server: 'tcp:h,1433',
      token: 'p=q==',
    });
  });
  it('reads an endpoint whose value holds = and :', () => {
    expect(fields('Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=k;EntityPath=q')).toEqual({
      endpoint: 'sb://n.servicebus.windows.net/',
      sharedaccesskeyname: 'k',
      entitypath: 'q',
    });
  });
  it('undoes ADO.NET and ODBC quoting', () => {
    expect(fields(`Password='a;b''c';Pwd="x;""y""";Driver={ODBC Driver 18 for SQL Server};Key={a}}b;c}`)).toEqual({
      password: `a;b'c`,
      pwd: 'x;"y"',
      driver: 'ODBC Driver 18 for SQL Server',
      key: 'a}b;c',
    });
  });
  it('takes a quote that is not closed before the next ; as an ordinary character', () => {
    expect(fields(`Password='abc;User=x`)).toEqual({ password: `'abc`, user: 'x' });
    expect(fields(`Password={a}b;User=x`)).toEqual({ password: '{a}b', user: 'x' });
  });
  it('takes braces as quotes only where an ODBC driver is named', () => {
    expect(fields('Server=s;Password={pw}')).toEqual({ server: 's', password: '{pw}' });
    expect(fields('Driver={D};Password={p;w}')).toEqual({ driver: 'D', password: 'p;w' });
    expect(fields('Driver={{D}};Password={pw}')).toEqual({ driver: '{{D}}', password: '{pw}' });
  });
  it('knows quotes that the surrounding language escaped', () => {
    expect(fields(`Password=${escapedDoubleQuote}a;b${escapedDoubleQuote};User=x`)).toEqual({
      password: 'a;b',
      user: 'x',
    });
  });
  it('gives exact spans', () => {
    const text = 'A = 1 ;B="2;3" ; C=';
    const parsed = parseConnectionString(text);
    expect(
      parsed.map(f => [f.name, text.slice(f.content.start, f.content.end), text.slice(f.whole.start, f.whole.end)]),
    ).toEqual([
      ['a', '1', 'A = 1 ;'],
      ['b', '2;3', 'B="2;3" ;'],
      ['c', '', ' C='],
    ]);
  });
  it('skips segments without = and never throws', () => {
    expect(fields('jdbc:sqlserver://h:1433;user=u;;;=x;nothing')).toEqual({ user: 'u', '': 'x' });
    expect(fields('')).toEqual({});
    expect(fields('=;=;"=')).toEqual({ '': '', '"': '' });
  });
});
