/**
 * What somebody sees who opens the seat's address without being let in. Plain HTML: it must work where nothing else may be loaded.
 */
export const refusalPage = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>不能打开坐席</title>
<style>body{font:15px/1.7 "Noto Sans SC","Microsoft YaHei",sans-serif;color:#1b2430;background:#f4f6f9;margin:15vh auto;max-width:34em;padding:0 16px}h1{font-size:20px}</style>
<h1>这个地址不能打开坐席</h1>
<p>坐席地址只能用一次，10 分钟内有效，并且只能在本机打开。您已填写的内容都在本机，没有丢失。</p>
<p>请在运行坐席程序的终端按回车，取得新的地址；或者再启动一次坐席程序。</p>
</html>
`
