//! Any text, mended and laid out for some readers: its own reader reads what it read, no other one comes to differ, a second run
//! changes nothing.

#![no_main]

use std::borrow::Cow;

use envschema::core::diagnostic::Safety;
use envschema::core::dotenv::{DIALECTS, Dialect, Environ, Outcome, layout};
use envschema::core::fix;
use envschema::core::judge::Circumstances;
use envschema::core::layer::Layer;
use envschema::core::portability;
use envschema::core::schema::Schema;
use envschema::core::table::Table;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(([own, first, second], text)) = bytes.split_first_chunk() else { return };
    let dialect = |index: &u8| DIALECTS[usize::from(*index) % DIALECTS.len()];
    let (own, readers) = (dialect(own), [dialect(first), dialect(second)]);
    let environ = Environ::empty();
    let mended = mend(text, own, &readers);
    assert_eq!(mend(&mended, own, &readers), mended, "a second run");
    let pairs = |text: &[u8]| {
        let reading = (own.read)(text, &environ);
        let pairs = reading.assignments.iter().map(|found| (found.key.to_vec(), format!("{:?}", found.value)));
        (pairs.collect::<Vec<_>>(), Outcome::new(own, &reading, &environ).vars)
    };
    assert_eq!(pairs(text), pairs(&mended), "{}", own.name);
    let differing = |text: &[u8]| {
        let comparison = portability::compare(text, own, &(own.read)(text, &environ), &readers);
        comparison.differences.iter().map(|difference| difference.assignment).collect::<Vec<_>>()
    };
    let before = differing(text);
    assert!(differing(&mended).iter().all(|assignment| before.contains(assignment)));
    let all = [own, readers[0], readers[1]];
    let laid_out = layout::format(text, &all);
    assert_eq!(layout::format(&laid_out, &all), laid_out, "a second layout");
    for reader in all {
        let outcome = |text: &[u8]| Outcome::new(reader, &(reader.read)(text, &environ), &environ);
        assert_eq!(outcome(text).vars, outcome(&laid_out).vars, "{}", reader.name);
    }
});

fn mend(text: &[u8], own: &'static Dialect, readers: &[&'static Dialect]) -> Vec<u8> {
    let schema = Schema::default();
    let table = Table::new(&schema);
    let environ = Environ::empty();
    let layers = [Layer::dotenv(Cow::Borrowed(".env"), text, own, (own.read)(text, &environ))];
    let circumstances = Circumstances { readers: Some(readers.to_vec()), ..Circumstances::default() };
    fix::mend(&table, &layers, &circumstances, &environ, Safety::Safe).remove(0).text
}
