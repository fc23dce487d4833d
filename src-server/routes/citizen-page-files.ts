import { citizenPictures } from '#shared/contracts/central-api/citizen-links'

/** The words, the script and the looks of the page for a citizen's pictures. Plain enough for a telephone of ten years ago; no word of the case. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const mostMB = citizenPictures.mostBytes / 1_048_576

export const pageOf = (isOpen: boolean, centreName: string): string => `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>上传现场照片</title>
<link rel="stylesheet" href="/p/page.css">
<main>
<h1>上传现场照片</h1>
<p>${escaped(centreName)}</p>
${isOpen ? form : '<p role="status">链接已失效：用过一次或超过二十四小时。需要补传请再拨 12319。</p>'}
</main>
</html>
`

const form = `<form id="form">
<label for="pictures">选照片，最多 ${citizenPictures.most} 张，每张不超过 ${mostMB} MB（JPEG、PNG、WebP）。链接只能用一次，选好再交。</label>
<input id="pictures" type="file" accept="image/jpeg,image/png,image/webp" multiple required>
<button>上传</button>
<p id="said" role="status"></p>
</form>
<p>照片只用于办理您反映的问题；拍摄地点、机型等信息不对外显示。</p>
<script src="/p/page.js"></script>`

export const script = `'use strict'
var form = document.getElementById('form')
var said = document.getElementById('said')
var sent = 0
function post(path, file) {
  return fetch(location.pathname + path, { method: 'POST', headers: file ? { 'content-type': file.type } : {}, body: file }).then(function (answer) {
    return answer.json().then(function (body) {
      if (!answer.ok) throw new Error(body.title || '没有传上，请重试。')
    })
  })
}
form.addEventListener('submit', function (event) {
  event.preventDefault()
  var files = Array.prototype.slice.call(document.getElementById('pictures').files, 0)
  if (files.length > ${citizenPictures.most}) return (said.textContent = '最多 ${citizenPictures.most} 张，请少选几张。')
  form.querySelector('button').disabled = true
  // What has arrived is not sent again when a later one fails.
  files.slice(sent).reduce(function (before, file, at) {
    return before.then(function () {
      said.textContent = '正在上传第 ' + (sent + 1) + ' 张，共 ' + files.length + ' 张…'
      return post('/pictures', file).then(function () { sent += 1 })
    })
  }, Promise.resolve()).then(function () { return post('/done') }).then(function () {
    form.innerHTML = '<p role="status"></p>'
    form.firstChild.textContent = '已收到 ' + files.length + ' 张，谢谢。可以关闭此页。'
  }).catch(function (failure) {
    said.textContent = failure.message
    form.querySelector('button').disabled = false
  })
})
`

export const style = `body{margin:0;font:16px/1.6 sans-serif;color:#1b2430;background:#f4f6f9}
main{max-width:32em;margin:0 auto;padding:24px 16px}
h1{font-size:20px;margin:0}
form{padding:16px;border:1px solid #d9dee6;background:#fff}
input,button{display:block;width:100%;box-sizing:border-box;margin:12px 0 0;padding:10px;font:inherit}
button{border:0;border-radius:4px;color:#fff;background:#1f5fbf}
button:disabled{background:#9aa4b1}
`
