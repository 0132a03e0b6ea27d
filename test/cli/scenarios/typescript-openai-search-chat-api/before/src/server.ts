import { createServer } from 'node:http';
import { model, passages } from './clients.js';

async function answer(question: string): Promise<string> {
  const found = await passages.search(question, { top: 3 });
  const texts: string[] = [];
  for await (const { document } of found.results) texts.push(document.text);
  const { choices } = await model.chat.completions.create({
    model: '',
    messages: [
      { role: 'system', content: `Answer from these passages alone:\n${texts.join('\n')}` },
      { role: 'user', content: question },
    ],
  });
  return choices[0]?.message.content ?? '';
}

createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://contoso.example');
  answer(searchParams.get('q') ?? '').then(
    text => response.end(text),
    () => response.writeHead(502).end(),
  );
}).listen(8080);
