'use strict';
(function () {
    // This file has no character that XML would escape.
    function all(selector, root) { return Array.from((root || document).querySelectorAll(selector)); }

    // The age of the newest load keeps counting.
    function describe(seconds) {
        var spans = [[172800, 86400, ' days'], [7200, 3600, ' h'], [120, 60, ' min'], [0, 1, ' s']];
        var span = spans.find(function (one) { return Math.max(0, seconds - one[0]) + Number(seconds === one[0]) !== 0; }) || spans[3];
        return Math.floor(Math.max(0, seconds) / span[1]) + span[2];
    }
    function count() {
        all('time').forEach(function (time) { time.textContent = describe((Date.now() - Date.parse(time.dateTime)) / 1000); });
    }
    count();
    setInterval(count, 1000);

    // Currency and period. "all" shows a sales chart for each currency, and what adds up over currencies.
    var switches = document.querySelector('form.switches');
    function show() {
        var currency = switches.elements.currency.value;
        var period = switches.elements.period.value;
        all('[data-currency], [data-period]').forEach(function (element) {
            var own = element.dataset.currency;
            var isAdded = element.closest('#top figure') !== null;
            var fits = own === undefined ? true : own === currency ? true : currency === 'all' ? !isAdded : false;
            var lasts = element.dataset.period === undefined ? true : element.dataset.period === period;
            element.hidden = fits ? !lasts : true;
        });
        all('tbody').forEach(function (body) {
            var none = body.parentNode.querySelector('tfoot');
            if (none) none.remove();
            if (body.rows.length === 0) return;
            if (Array.from(body.rows).some(function (row) { return !row.hidden; })) return;
            var foot = body.parentNode.createTFoot();
            var cell = foot.insertRow().insertCell();
            cell.colSpan = body.rows[0].cells.length;
            cell.textContent = 'Nothing in ' + currency + '.';
        });
    }
    if (switches) {
        switches.hidden = false;
        switches.addEventListener('change', show);
        show();
    }

    // A click or Enter on a heading sorts its table.
    function value(row, column) {
        var cell = row.cells[column];
        return cell.dataset.order === undefined ? cell.textContent : Number(cell.dataset.order);
    }
    function compare(left, right) {
        return typeof left === 'number' ? left - right : String(left).localeCompare(String(right), 'en');
    }
    function sort(table, heading) {
        var column = heading.cellIndex;
        var descends = heading.getAttribute('aria-sort') === 'ascending';
        all('thead th', table).forEach(function (other) { other.removeAttribute('aria-sort'); });
        heading.setAttribute('aria-sort', descends ? 'descending' : 'ascending');
        var rows = Array.from(table.tBodies[0].rows);
        rows.sort(function (left, right) { return (descends ? -1 : 1) * compare(value(left, column), value(right, column)); });
        rows.forEach(function (row) { table.tBodies[0].append(row); });
    }
    all('table').forEach(function (table) {
        all('thead th', table).forEach(function (heading) {
            var button = document.createElement('button');
            button.type = 'button';
            button.append.apply(button, heading.childNodes);
            heading.append(button);
            button.addEventListener('click', function () { sort(table, heading); });
        });
    });

    // Arrow keys, a pointer or a finger choose a value of a chart; the words appear below the chart, over what is there.
    all('figure svg').forEach(function (chart) {
        var marks = all('rect:not(.box), circle', chart).filter(function (mark) { return mark.querySelector('title'); });
        if (marks.length === 0) return;
        var output = document.createElement('output');
        output.className = 'value';
        chart.after(output);
        var current = -1;
        function tell(index) {
            marks.forEach(function (mark) { mark.classList.remove('current'); });
            current = (index + marks.length) % marks.length;
            marks[current].classList.add('current');
            output.textContent = marks[current].querySelector('title').textContent;
        }
        chart.setAttribute('tabindex', '0');
        chart.addEventListener('keydown', function (event) {
            var steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
            if (event.key === 'Home') tell(0);
            else if (event.key === 'End') tell(marks.length - 1);
            else if (event.key in steps) tell(current === -1 ? (steps[event.key] === 1 ? 0 : -1) : current + steps[event.key]);
            else return;
            event.preventDefault();
        });
        marks.forEach(function (mark, index) {
            mark.addEventListener('pointerenter', function () { tell(index); });
            mark.addEventListener('click', function () { tell(index); });
        });
    });
    var first = document.querySelector('output') ? document.querySelector('nav ~ section') : null;
    if (first) {
        var hint = document.createElement('p');
        hint.className = 'note';
        hint.textContent = 'Point at a chart, tap it, or use the arrow keys on it to read its values.';
        first.before(hint);
    }
})();
